/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ALI_INPUT_NEC_CONTROL_H
#define ALI_INPUT_NEC_CONTROL_H

#include "input/nec_cards.h"
#include "model/model.h"

/** @file
 *  What is asked of the structure. NEC-2 is a machine with memory: most cards set a piece of its
 * state, and XQ, RP, NE and NH make it run with the state of that moment. The reader plays that
 * machine and writes down each run as a task.
 *
 *  Rules, from NEC-2's main program:
 *  - EX, LD, NT with TL, and CP cards add up only while they follow each other; the first one
 * behind another kind of card starts its list anew.
 *  - Requests that follow each other without a change of the state belong to one task.
 *  - With several frequencies NE and NH wait for the next RP or XQ (NEC-2 keeps only the last of
 * them); once the frequencies are run through, further requests see only the last one, until the
 * next FR. Where NEC-2 would drop something without a word, see nec_flow.c. */

/** The cards whose lists start anew; PT, PQ and PL leave the order alone. */
typedef enum ali_nec_group {
    ALI_NEC_GROUP_OTHER = 0,
    ALI_NEC_GROUP_LOAD,
    ALI_NEC_GROUP_SOURCE,
    ALI_NEC_GROUP_NETWORK,
    ALI_NEC_GROUP_COUPLING
} ali_nec_group;

typedef struct ali_nec_control {
    ali_task state; /**< for the next run; its requests are not used */
    size_t frequency_capacity, source_capacity, load_capacity, network_capacity, coupling_capacity;
    ali_nec_group group;
    bool swept; /**< the frequencies have been run through: only the last one is in force */
    bool frequency_used; /**< the FR cards in force have been run: the next FR starts a new list */
    bool source_used, load_used, network_used; /**< the list in force has been run */
    bool stale;                                /**< NEC-2 would solve anew at the next request */
    bool changed;          /**< something that alters the result was set since the last run */
    ali_origin changed_by; /**< by this card first */
    size_t open_task;      /**< task that takes further requests, ALI_NONE if none */
    ali_request *near;     /**< near fields that wait for the sweep */
    size_t near_count, near_capacity;
    ali_request
        *asked; /**< since the last change: repeated if the state changes and nothing asks again */
    size_t asked_count, asked_capacity;
    ali_request *early; /**< asked before anything drove the structure */
    size_t early_count, early_capacity;
    size_t coupling_done; /**< ports of the CP list that have been driven in turn */
    bool coupling_asked;  /**< the request for this CP list is in a task */
    size_t coupling_task; /**< last task run under it, ALI_NONE if none */
    ali_origin coupling_origin;
    size_t item_count; /**< list items copied into tasks */
} ali_nec_control;

/** State at the start of a job: NEC-2's defaults, and how GE treats wires that touch the ground. */
void ali_nec_control_start(ali_nec_control *control, int ge_flag);
void ali_nec_control_clear(ali_nec_control *control);

/* nec_flow.c */

/** A card alters the result of the next run. */
void ali_nec_flow_change(struct ali_nec_reader *reader, const ali_nec_card *card);
/** Run: a task with this request, or the request added to the open task. */
alicorn_status ali_nec_flow_run(struct ali_nec_reader *reader, const ali_nec_card *card,
                                const ali_request *request);
/** The CP list is about to be replaced: see that its request is in a task. */
alicorn_status ali_nec_flow_end_coupling(struct ali_nec_reader *reader);
/** NX, EN or the end of the deck. */
alicorn_status ali_nec_flow_end_job(struct ali_nec_reader *reader);
/** A near field that waits for the next RP or XQ. */
alicorn_status ali_nec_flow_wait(struct ali_nec_reader *reader, const ali_request *request);
/** Number of frequencies that the next run covers. */
size_t ali_nec_flow_frequency_count(const ali_nec_control *control);

/* nec_control.c */
alicorn_status ali_nec_handle_fr(struct ali_nec_reader *reader, const ali_nec_card *card);
alicorn_status ali_nec_handle_ld(struct ali_nec_reader *reader, const ali_nec_card *card);
alicorn_status ali_nec_handle_gn(struct ali_nec_reader *reader, const ali_nec_card *card);
alicorn_status ali_nec_handle_gd(struct ali_nec_reader *reader, const ali_nec_card *card);
alicorn_status ali_nec_handle_ex(struct ali_nec_reader *reader, const ali_nec_card *card);
alicorn_status ali_nec_handle_ex_wave(struct ali_nec_reader *reader, const ali_nec_card *card);
alicorn_status ali_nec_handle_ex_element(struct ali_nec_reader *reader, const ali_nec_card *card);
alicorn_status ali_nec_handle_nt(struct ali_nec_reader *reader, const ali_nec_card *card);
alicorn_status ali_nec_handle_tl(struct ali_nec_reader *reader, const ali_nec_card *card);
alicorn_status ali_nec_handle_cp(struct ali_nec_reader *reader, const ali_nec_card *card);
alicorn_status ali_nec_handle_ek(struct ali_nec_reader *reader, const ali_nec_card *card);
alicorn_status ali_nec_handle_kh(struct ali_nec_reader *reader, const ali_nec_card *card);
alicorn_status ali_nec_handle_pt(struct ali_nec_reader *reader, const ali_nec_card *card);
alicorn_status ali_nec_handle_pq(struct ali_nec_reader *reader, const ali_nec_card *card);
alicorn_status ali_nec_handle_pl(struct ali_nec_reader *reader, const ali_nec_card *card);
alicorn_status ali_nec_handle_zo(struct ali_nec_reader *reader, const ali_nec_card *card);

/* nec_request.c */
alicorn_status ali_nec_handle_xq(struct ali_nec_reader *reader, const ali_nec_card *card);
alicorn_status ali_nec_handle_rp(struct ali_nec_reader *reader, const ali_nec_card *card);
alicorn_status ali_nec_handle_ne(struct ali_nec_reader *reader, const ali_nec_card *card);

#endif
