/* SPDX-License-Identifier: Apache-2.0 */
#ifndef VIEW_HTTP_H
#define VIEW_HTTP_H

#include "server.h"

/** @file
 *  HTTP on 127.0.0.1, by libmicrohttpd, which is confined to http.c. */

typedef struct view_http view_http;

/** Most connections at a time: a few pages, and a hundred listeners. */
enum { VIEW_CONNECTIONS_MAX = 256 };

/** Listen on the port of the options, and set server->port.
 *  @return ALICORN_OK, ALICORN_E_IO, ALICORN_E_MEMORY; *http is NULL unless ALICORN_OK */
alicorn_status view_http_start(view_server *server, view_http **http, alicorn_error *error);
/** End all connections and wait for their threads; events must have ended. NULL is fine. */
void view_http_stop(view_http *http);

/** Close connections whose request takes too long to arrive. To be called now and then. */
void view_http_check_patience(view_http *http);

#endif
