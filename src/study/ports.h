/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_STUDY_PORTS_H
#define ALI_STUDY_PORTS_H

#include "basis/basis.h"
#include "model/model.h"
#include "operator/excitation.h"

/** Every place where a task touches the structure electrically: sources, ends of networks, segments
 * whose coupling is asked, named ports. Tasks that share a factorisation share one list. */
typedef struct ali_port {
    ali_site site;
    ali_functional gap; /**< on the whole basis */
} ali_port;

typedef struct ali_port_list {
    ali_port *ports;
    size_t count, capacity;
} ali_port_list;

/** Add the ports of a task that are not in the list yet; their gaps are left empty. */
alicorn_status ali_port_list_add(ali_port_list *list, const ali_model *model, const ali_task *task,
                                 alicorn_error *error);
/** Make the gaps on a basis, replacing earlier ones. */
alicorn_status ali_port_list_place(ali_port_list *list, const ali_model *model,
                                   const ali_basis *basis, alicorn_error *error);
/** Index of a port, ALI_NONE if it is not in the list. */
size_t ali_port_list_find(const ali_port_list *list, ali_site site);
/** The same for the middle of a segment, where networks and couplings are. */
size_t ali_port_list_find_segment(const ali_port_list *list, size_t segment);
void ali_port_list_clear(ali_port_list *list);

/** Whether named ports that nothing drives are terminated in their reference impedances. */
static inline bool ali_task_terminates(const ali_task *task)
{
    return task->terminated || task->drive.in_turn;
}

#endif
