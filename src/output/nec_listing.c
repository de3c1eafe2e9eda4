/* SPDX-License-Identifier: Apache-2.0 */
#include "output/nec_listing.h"

#include "alicorn/output.h"
#include "base/constants.h"
#include "base/error.h"
#include "output/writer.h"

#include <math.h>
#include <string.h>

/** Where the listing stands: the cards are echoed up to the one that made the request that is
 * answered next. */
typedef struct listing {
    FILE *out, *plot;
    const ali_model *model; /**< the job that is listed */
    size_t first_task;      /**< of this job, among those of all */
    const alicorn_result *result;
    size_t next_card;
    double last_frequency_hz;
} listing;

/** What a card's change asks to be printed again. */
static ali_nec_level card_level(const char *name)
{
    static const struct {
        const char *name;
        ali_nec_level level;
    } table[] = {
        {"FR", ALI_NEC_FREQUENCY},  {"KH", ALI_NEC_LOADING},    {"EK", ALI_NEC_LOADING},
        {"LD", ALI_NEC_LOADING},    {"GN", ALI_NEC_LOADING},    {"EX", ALI_NEC_EXCITATION},
        {"TL", ALI_NEC_EXCITATION}, {"NT", ALI_NEC_EXCITATION}, {"CP", ALI_NEC_EXCITATION}};
    for (size_t k = 0; k < sizeof table / sizeof *table; k++)
        if (strcmp(name, table[k].name) == 0)
            return table[k].level;
    return ALI_NEC_NOTHING;
}

/** Whether a card made a request. XQ with a number asks for a pattern, too. */
static int made_request(const ali_card_echo *card, ali_request_kind kind)
{
    static const char *const name[] = {[ALI_REQUEST_PATTERN] = "RP",
                                       [ALI_REQUEST_NEAR_E] = "NE",
                                       [ALI_REQUEST_NEAR_H] = "NH",
                                       [ALI_REQUEST_COUPLING] = "",
                                       [ALI_REQUEST_CURRENTS] = "XQ"};
    if (strcmp(card->name, "XQ") == 0 && card->integer[0] != 0)
        return kind == ALI_REQUEST_PATTERN;
    return strcmp(card->name, name[kind]) == 0;
}

static ali_nec_level print_cards(listing *list, size_t end)
{
    ali_nec_level level = ALI_NEC_NOTHING;
    for (; list->next_card < end; list->next_card++) {
        const ali_card_echo *card = &list->model->echo[list->next_card];
        ali_nec_level here = card_level(card->name);
        level = here < level ? here : level;
        ali_nec_card(list->out, list->next_card + 1, card);
    }
    return level;
}

/** Echo the cards through the one that made the request; the answer is what has to be printed again
 * for them. A request that no card made (an implied one) shows all cards but the last, EN. */
static ali_nec_level print_cards_through(listing *list, ali_request_kind kind)
{
    const ali_model *model = list->model;
    if (kind == ALI_REQUEST_COUPLING)
        return ALI_NEC_NOTHING;
    for (size_t k = list->next_card; k < model->echo_count; k++)
        if (made_request(&model->echo[k], kind))
            return print_cards(list, k + 1);
    size_t end = model->echo_count;
    if (end > list->next_card && strcmp(model->echo[end - 1].name, "EN") == 0)
        end--;
    return print_cards(list, end);
}

/** Whether a task prints currents as a receiving pattern: PT with I1 = 1, 2 or 3 under plane waves.
 */
static int is_receiving(const ali_task *task)
{
    return task->drive.kind == ALI_DRIVE_PLANE_WAVE && task->print_currents.format > 0 &&
           task->print_currents.first > 0;
}

static void print_current_sections(const ali_nec_view *view, ali_nec_level level)
{
    int format = view->task->print_currents.format;
    if (is_receiving(view->task)) {
        if (format != 3 && level != ALI_NEC_DIRECTION)
            ali_nec_receiving_heading(view);
        if (format != 3)
            ali_nec_receiving_line(view);
    } else if (format != -1) {
        ali_nec_currents(view);
    }
    ali_nec_charges(view);
}

/** Everything that belongs to the solution itself, from the frequency to the power budget. */
static void print_solution(const ali_nec_view *view, ali_nec_level level)
{
    if (level == ALI_NEC_FREQUENCY)
        ali_nec_frequency(view);
    if (level <= ALI_NEC_LOADING) {
        ali_nec_loading(view);
        ali_nec_ground(view);
        ali_nec_timing(view);
    }
    if (level <= ALI_NEC_DIRECTION) {
        if (!is_receiving(view->task))
            ali_nec_excitation(view);
        if (level < ALI_NEC_DIRECTION)
            ali_nec_networks(view);
        ali_nec_asymmetry(view);
        if (level < ALI_NEC_DIRECTION || !is_receiving(view->task))
            ali_nec_connection_points(view);
        ali_nec_input_parameters(view);
        print_current_sections(view, level);
        ali_nec_power(view);
        ali_nec_couplings(view);
    }
}

static bool is_near(ali_request_kind kind)
{
    return kind == ALI_REQUEST_NEAR_E || kind == ALI_REQUEST_NEAR_H;
}

/** The answer to the task's request number `index`, if the solve has it. Patterns and near fields
 * are each in the order of their requests. */
static void print_answer(const ali_nec_view *view, size_t index)
{
    const ali_request *requests = view->task->requests;
    const alicorn_solve_result *solve = view->solve;
    size_t patterns = 0, near_fields = 0;
    for (size_t k = 0; k < index; k++) {
        patterns += requests[k].kind == ALI_REQUEST_PATTERN;
        near_fields += is_near(requests[k].kind);
    }
    if (is_near(requests[index].kind) && near_fields < solve->near_field_count)
        ali_nec_near_field(view, &solve->near_fields[near_fields], requests[index].plot);
    if (requests[index].kind == ALI_REQUEST_PATTERN && patterns < solve->pattern_count)
        ali_nec_pattern(view, &solve->patterns[patterns], requests[index].plot);
}

static ali_nec_view view_of(const listing *list, size_t index)
{
    const alicorn_solve_result *solve = alicorn_result_solve(list->result, index);
    return (ali_nec_view){.out = list->out,
                          .plot = list->plot,
                          .model = list->model,
                          .task = &list->model->tasks[solve->task - list->first_task],
                          .solve = solve,
                          .wavelength = ALI_C0 / solve->frequency_hz};
}

/** What the first solve of a task prints: what its cards changed, and everything if there are no
 * cards to tell. */
static ali_nec_level first_level(listing *list, const ali_nec_view *view, ali_nec_level by_cards)
{
    int new_frequency = fabs(view->solve->frequency_hz - list->last_frequency_hz) > 0;
    list->last_frequency_hz = view->solve->frequency_hz;
    return new_frequency || list->model->echo_count == 0 ? ALI_NEC_FREQUENCY : by_cards;
}

/** One solve: every request is answered right after its card; the first card brings the solution,
 * too. */
static void print_single(listing *list, size_t index)
{
    ali_nec_view view = view_of(list, index);
    size_t count = view.task->request_count;
    bool has_solution = false;
    for (size_t k = 0; k < count; k++) {
        ali_request_kind kind = view.task->requests[k].kind;
        if (kind == ALI_REQUEST_COUPLING)
            continue; /* has no card of its own: it comes with the solution */
        ali_nec_level level = print_cards_through(list, kind);
        if (!has_solution)
            print_solution(&view, first_level(list, &view, level));
        has_solution = true;
        print_answer(&view, k);
        fputs("\n\n\n", list->out);
    }
    if (!has_solution) {
        print_solution(&view, first_level(list, &view, ALI_NEC_EXCITATION));
        fputs("\n\n\n", list->out);
    }
}

/** Several solves of one task: all its cards first, then solve after solve. */
static void print_several(listing *list, size_t first, size_t count)
{
    ali_nec_view head = view_of(list, first);
    ali_nec_level level = ALI_NEC_NOTHING;
    for (size_t k = 0; k < head.task->request_count; k++) {
        ali_nec_level here = print_cards_through(list, head.task->requests[k].kind);
        level = here < level ? here : level;
    }
    size_t run = 0; /* directions so far at this frequency */
    for (size_t i = 0; i < count; i++, run++) {
        ali_nec_view view = view_of(list, first + i);
        double before_hz = list->last_frequency_hz;
        ali_nec_level here = first_level(list, &view, i == 0 ? level : ALI_NEC_DIRECTION);
        if (fabs(view.solve->frequency_hz - before_hz) > 0)
            run = 0;
        print_solution(&view, here);
        for (size_t k = 0; k < head.task->request_count; k++)
            print_answer(&view, k);
        int is_last =
            i + 1 == count || fabs(alicorn_result_solve(list->result, first + i + 1)->frequency_hz -
                                   view.solve->frequency_hz) > 0;
        if (is_last && is_receiving(head.task) && head.task->print_currents.format >= 2)
            ali_nec_normalised_receiving(list->out, head.task, list->result, first + i - run,
                                         run + 1);
    }
    ali_nec_impedance_table(list->out, head.task, list->result, first, count);
    fputs("\n\n\n", list->out);
}

/** The job's solves, which begin with number `first` of the result. Returns the number of the next
 * job's first. */
static size_t print_tasks(listing *list, size_t first)
{
    size_t total = alicorn_result_count(list->result);
    while (first < total && !ferror(list->out)) {
        size_t task = alicorn_result_solve(list->result, first)->task, count = 1;
        if (task - list->first_task >= list->model->task_count)
            break;
        while (first + count < total &&
               alicorn_result_solve(list->result, first + count)->task == task)
            count++;
        if (count == 1)
            print_single(list, first);
        else
            print_several(list, first, count);
        first += count;
    }
    print_cards(list, list->model->echo_count);
    return first;
}

/** Wall time of all solves; those that share a matrix repeat its times. */
static double run_time(const alicorn_result *result)
{
    double seconds = 0;
    const alicorn_solve_result *before = NULL;
    for (size_t i = 0; i < alicorn_result_count(result); i++) {
        const alicorn_solve_result *solve = alicorn_result_solve(result, i);
        int shared = before && before->task == solve->task &&
                     !(fabs(before->frequency_hz - solve->frequency_hz) > 0);
        seconds += solve->solve_s + (shared ? 0.0 : solve->fill_s + solve->factor_s);
        before = solve;
    }
    return seconds;
}

int alicorn_model_asks_plot(const alicorn_model *model)
{
    for (const ali_model *job = model; job; job = job->next)
        for (size_t t = 0; t < job->task_count; t++) {
            int asked = job->tasks[t].plot[0];
            for (size_t k = 0; k < job->tasks[t].request_count; k++)
                asked |= job->tasks[t].requests[k].plot[0];
            if (asked)
                return 1;
        }
    return 0;
}

alicorn_status alicorn_write_nec_listing(const alicorn_model *model, const alicorn_result *result,
                                         FILE *stream, alicorn_error *error)
{
    return alicorn_write_nec_listing_and_plot(model, result, stream, NULL, error);
}

alicorn_status alicorn_write_nec_listing_and_plot(const alicorn_model *model,
                                                  const alicorn_result *result, FILE *stream,
                                                  FILE *plot, alicorn_error *error)
{
    ali_writer writer;
    alicorn_status status = ali_writer_begin(&writer, stream, "listing", error);
    if (status != ALICORN_OK)
        return status;
    if (alicorn_result_sweep_count(result) > 0)
        return ali_writer_end(
            &writer,
            ali_error_set(
                error, ALICORN_E_USAGE,
                "a NEC listing has currents at every frequency, and an adaptive sweep has "
                "not; expected --adaptive 0"),
            error);
    listing list = {.out = stream, .plot = plot, .result = result};
    size_t next_solve = 0;
    for (const ali_model *job = model; job && status == ALICORN_OK; job = job->next) {
        list.model = job;
        list.next_card = 0;
        list.last_frequency_hz = 0.0;
        ali_nec_banner(stream);
        ali_nec_comments(stream, job);
        status = ali_nec_structure(stream, job, error);
        if (status == ALICORN_OK)
            next_solve = print_tasks(&list, next_solve);
        list.first_task += job->task_count;
    }
    if (status == ALICORN_OK)
        fprintf(stream, "\n\n  TOTAL RUN TIME: %.0f msec\n", 1e3 * run_time(result));
    if (status == ALICORN_OK && plot && (fflush(plot) != 0 || ferror(plot)))
        status = ali_error_set(error, ALICORN_E_IO, "the plot file cannot be written");
    return ali_writer_end(&writer, status, error);
}
