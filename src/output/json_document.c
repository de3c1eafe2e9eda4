/* SPDX-License-Identifier: Apache-2.0 */
#include "output/json_document.h"

alicorn_status ali_json_document_begin(ali_json_document *document, FILE *stream,
                                       alicorn_error *error)
{
    alicorn_status status = ali_writer_begin(&document->writer, stream, "JSON", error);
    if (status != ALICORN_OK)
        return status;
    ali_json_begin(&document->json, stream);
    ali_json_open_object(&document->json, NULL, ALI_JSON_LINES);
    ali_json_text(&document->json, "alicorn", alicorn_version());
    return ALICORN_OK;
}

alicorn_status ali_json_document_end(ali_json_document *document, alicorn_error *error)
{
    ali_json_close(&document->json);
    fputc('\n', document->json.stream);
    return ali_writer_end(&document->writer, ALICORN_OK, error);
}
