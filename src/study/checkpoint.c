/* SPDX-License-Identifier: Apache-2.0 */
#include "study/checkpoint.h"

#include "base/error.h"
#include "base/memory.h"
#include "study/result.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct ali_checkpoint {
    char *path;
    int file;
    off_t end; /**< of the valid part */
};

/** First bytes of the file. */
typedef struct preamble {
    char magic[8];
    uint32_t byte_order;
    uint32_t format;
} preamble;

static const preamble expected_preamble = {
    .magic = {'a', 'l', 'i', 'c', 'o', 'r', 'n', '\n'}, .byte_order = 0x01020304, .format = 3};

typedef struct frame_head {
    uint64_t length;
    ali_hash check;
} frame_head;

static alicorn_status io_error(const ali_checkpoint *checkpoint, const char *what, int reason,
                               alicorn_error *error)
{
    return ali_error_set_at(error, ALICORN_E_IO, checkpoint->path, 0, 0, NULL,
                            "the checkpoint cannot be %s (error %d)", what, reason);
}

static alicorn_status foreign(const ali_checkpoint *checkpoint, const char *what,
                              alicorn_error *error)
{
    return ali_error_set_at(error, ALICORN_E_INPUT, checkpoint->path, 0, 0, NULL,
                            "%s; expected another name, or remove it to start again", what);
}

void ali_checkpoint_close(ali_checkpoint *checkpoint)
{
    if (!checkpoint)
        return;
    if (checkpoint->file >= 0)
        close(checkpoint->file);
    free(checkpoint->path);
    free(checkpoint);
}

/* ---- bytes ---- */

static ali_hash hash_frame(uint64_t length, const void *payload)
{
    ali_hash hash = ali_hash_start();
    ali_hash_bytes(&hash, &length, sizeof length);
    ali_hash_bytes(&hash, payload, (size_t)length);
    return hash;
}

/** Write at the end of the valid part; 0, or the reason why not. */
static int write_bytes(ali_checkpoint *checkpoint, const void *bytes, size_t count)
{
    const char *at = bytes;
    off_t place = checkpoint->end;
    while (count > 0) {
        ssize_t written = pwrite(checkpoint->file, at, count, place);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0) {
            int reason = written < 0 ? errno : ENOSPC;
            /* leave no torn record if it can be helped; a reader would drop it */
            return ftruncate(checkpoint->file, checkpoint->end) ? errno : reason;
        }
        at += written;
        place += written;
        count -= (size_t)written;
    }
    checkpoint->end = place;
    return 0;
}

/** Read exactly `count` bytes at a place; false at the end of the file. */
static bool read_bytes(const ali_checkpoint *checkpoint, off_t place, void *bytes, size_t count)
{
    char *at = bytes;
    while (count > 0) {
        ssize_t got = pread(checkpoint->file, at, count, place);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        at += got;
        place += got;
        count -= (size_t)got;
    }
    return true;
}

/* ---- frames ---- */

/** Begin a frame: room for its head. */
static void begin_frame(ali_record *record)
{
    frame_head head = {0};
    ali_record_bytes(record, &head, sizeof head);
}

/** Fill in the head of the frame that begins at byte `start` and ends with the record. */
static void end_frame(ali_record *record, size_t start)
{
    if (record->status)
        return;
    size_t payload = start + sizeof(frame_head);
    frame_head head = {.length = record->size - payload};
    head.check = hash_frame(head.length, record->bytes + payload);
    memcpy(record->bytes + start, &head, sizeof head);
}

/** Read the frame behind the valid part, if it is whole. *status tells when memory was out. */
static bool read_frame(const ali_checkpoint *checkpoint, off_t size, ali_record *record,
                       alicorn_status *status)
{
    frame_head head;
    *record = (ali_record){.reading = true};
    off_t payload = checkpoint->end + (off_t)sizeof head;
    if (payload > size || !read_bytes(checkpoint, checkpoint->end, &head, sizeof head) ||
        head.length > (uint64_t)(size - payload))
        return false;
    record->bytes = ali_calloc((size_t)head.length, 1);
    record->size = (size_t)head.length;
    if (!record->bytes)
        *status = ALICORN_E_MEMORY;
    if (record->bytes && read_bytes(checkpoint, payload, record->bytes, record->size) &&
        ali_hash_equal(head.check, hash_frame(head.length, record->bytes)))
        return true;
    ali_record_clear(record);
    return false;
}

/* ---- opening ---- */

static alicorn_status compose_header(const ali_signature *signature, ali_record *header,
                                     alicorn_error *error)
{
    preamble first = expected_preamble;
    ali_signature copy = *signature;
    ali_record_bytes(header, &first, sizeof first);
    begin_frame(header);
    ali_record_signature(header, &copy);
    end_frame(header, sizeof first);
    return header->status ? ali_error_memory(error, header->size, "the checkpoint") : ALICORN_OK;
}

static alicorn_status check_preamble(ali_checkpoint *checkpoint, alicorn_error *error)
{
    preamble first;
    if (!read_bytes(checkpoint, 0, &first, sizeof first) ||
        memcmp(first.magic, expected_preamble.magic, sizeof first.magic) != 0)
        return foreign(checkpoint, "this is not a checkpoint of alicorn", error);
    if (first.byte_order != expected_preamble.byte_order)
        return foreign(checkpoint,
                       "this checkpoint was made on a machine with another order of bytes", error);
    if (first.format != expected_preamble.format)
        return foreign(checkpoint, "this checkpoint was made by another version of alicorn", error);
    checkpoint->end = sizeof first;
    return ALICORN_OK;
}

static alicorn_status check_signature(ali_checkpoint *checkpoint, off_t size,
                                      const ali_signature *present, alicorn_error *error)
{
    ali_record record;
    ali_signature earlier = {0};
    alicorn_status status = ALICORN_OK;
    if (!read_frame(checkpoint, size, &record, &status))
        return status ? ali_error_memory(error, (size_t)size, "the checkpoint")
                      : foreign(checkpoint, "this checkpoint is damaged at its beginning", error);
    ali_record_signature(&record, &earlier);
    if (record.status || record.at != record.size)
        status =
            foreign(checkpoint, "this checkpoint was made by another version of alicorn", error);
    else
        status = ali_signature_compare(&earlier, present, checkpoint->path, error);
    checkpoint->end += (off_t)(sizeof(frame_head) + record.size);
    ali_record_clear(&record);
    return status;
}

/** Whether the whole file is the beginning of the header, as a crash in the first write leaves it.
 */
static bool is_torn_header(const ali_checkpoint *checkpoint, off_t size, const ali_record *header)
{
    if (size >= (off_t)header->size)
        return false;
    unsigned char *found = ali_calloc((size_t)size, 1);
    bool torn = found && read_bytes(checkpoint, 0, found, (size_t)size) &&
                memcmp(found, header->bytes, (size_t)size) == 0;
    free(found);
    return torn;
}

/** Keep other runs away. File systems without locks do without. */
static alicorn_status lock_file(const ali_checkpoint *checkpoint, alicorn_error *error)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (fcntl(checkpoint->file, F_SETLK, &lock) == 0 || (errno != EACCES && errno != EAGAIN))
        return ALICORN_OK;
    return ali_error_set_at(error, ALICORN_E_IO, checkpoint->path, 0, 0, NULL,
                            "another run is using this checkpoint");
}

static alicorn_status open_file(ali_checkpoint *checkpoint, bool resume, off_t *size,
                                alicorn_error *error)
{
    struct stat facts;
    int flags = O_RDWR | O_CREAT | O_CLOEXEC | (resume ? 0 : O_EXCL);
    checkpoint->file = open(checkpoint->path, flags, 0666);
    if (checkpoint->file < 0 && errno == EEXIST)
        return ali_error_set_at(error, ALICORN_E_USAGE, checkpoint->path, 0, 0, NULL,
                                "the checkpoint exists already; expected --resume to go on from "
                                "it, or remove it to start again");
    if (checkpoint->file < 0 || fstat(checkpoint->file, &facts))
        return io_error(checkpoint, "opened", errno, error);
    if (!S_ISREG(facts.st_mode))
        return foreign(checkpoint, "this is not a file", error);
    *size = facts.st_size;
    return lock_file(checkpoint, error);
}

alicorn_status ali_checkpoint_open(const char *path, bool resume, const ali_signature *signature,
                                   ali_checkpoint **checkpoint, alicorn_error *error)
{
    ali_record header = {0};
    off_t size = 0;
    ali_checkpoint *created = calloc(1, sizeof *created);
    *checkpoint = NULL;
    if (!created || !(created->path = ali_strdup(path))) {
        free(created);
        return ali_error_memory(error, sizeof *created, "the checkpoint");
    }
    created->file = -1;
    alicorn_status status = compose_header(signature, &header, error);
    if (!status)
        status = open_file(created, resume, &size, error);
    if (!status && is_torn_header(created, size, &header)) {
        int reason = write_bytes(created, header.bytes, header.size);
        if (reason)
            status = io_error(created, "written", reason, error);
    } else if (!status) {
        status = check_preamble(created, error);
        if (!status)
            status = check_signature(created, size, signature, error);
    }
    ali_record_clear(&header);
    if (status) {
        ali_checkpoint_close(created);
        return status;
    }
    *checkpoint = created;
    return ALICORN_OK;
}

/* ---- units ---- */

/** All solves of a unit; one that does not belong to it makes the record invalid. */
static void read_unit(ali_record *record, const ali_plan_unit *unit, alicorn_solve_result *solves)
{
    for (size_t i = 0; i < unit->slot_count; i++) {
        const ali_plan_slot *slot = &unit->slots[i];
        size_t count = ali_answer_count(slot->task);
        for (size_t j = 0; j < count && !record->status; j++) {
            alicorn_solve_result *solve = &solves[slot->first_result + j];
            ali_record_solve(record, solve);
            if (!record->status &&
                (solve->task != slot->task_index || solve->frequency_hz != unit->frequency))
                record->status = ALICORN_E_INPUT;
        }
    }
}

static void clear_unit(const ali_plan_unit *unit, alicorn_solve_result *solves)
{
    for (size_t i = 0; i < unit->slot_count; i++) {
        const ali_plan_slot *slot = &unit->slots[i];
        size_t count = ali_answer_count(slot->task);
        for (size_t j = 0; j < count; j++)
            ali_solve_result_clear(&solves[slot->first_result + j]);
    }
}

/** Take over one record; its status tells whether it was valid. A unit that is there already is
 * left as it is. */
static void restore_unit(ali_record *record, const ali_plan *plan, alicorn_solve_result *solves,
                         bool *done, ali_restored *restored)
{
    size_t index = plan->unit_count;
    ali_record_size(record, &index);
    if (record->status || index >= plan->unit_count) {
        record->status = ALICORN_E_INPUT;
        return;
    }
    if (done[index])
        return;
    const ali_plan_unit *unit = &plan->units[index];
    read_unit(record, unit, solves);
    if (!record->status && record->at != record->size)
        record->status = ALICORN_E_INPUT;
    if (record->status) {
        clear_unit(unit, solves);
        return;
    }
    done[index] = true;
    restored->units++;
}

alicorn_status ali_checkpoint_restore(ali_checkpoint *checkpoint, const ali_plan *plan,
                                      alicorn_solve_result *solves, bool *done,
                                      ali_restored *restored, alicorn_error *error)
{
    ali_record record;
    alicorn_status status = ALICORN_OK;
    struct stat facts;
    *restored = (ali_restored){0};
    if (fstat(checkpoint->file, &facts))
        return io_error(checkpoint, "read", errno, error);
    while (!status && read_frame(checkpoint, facts.st_size, &record, &status)) {
        restore_unit(&record, plan, solves, done, restored);
        status = record.status;
        if (!status)
            checkpoint->end += (off_t)(sizeof(frame_head) + record.size);
        ali_record_clear(&record);
    }
    if (status == ALICORN_E_MEMORY)
        return ali_error_memory(error, (size_t)facts.st_size, "the checkpoint");
    restored->dropped = (size_t)(facts.st_size - checkpoint->end);
    if (restored->dropped && ftruncate(checkpoint->file, checkpoint->end))
        return io_error(checkpoint, "written", errno, error);
    return ALICORN_OK;
}

alicorn_status ali_checkpoint_append(ali_checkpoint *checkpoint, const ali_plan *plan, size_t unit,
                                     const alicorn_solve_result *solves, alicorn_error *error)
{
    ali_record record = {0};
    begin_frame(&record);
    ali_record_size(&record, &unit);
    for (size_t i = 0; i < plan->units[unit].slot_count; i++) {
        const ali_plan_slot *slot = &plan->units[unit].slots[i];
        size_t count = ali_answer_count(slot->task);
        for (size_t j = 0; j < count; j++) {
            alicorn_solve_result copy = solves[slot->first_result + j]; /* it stays as it is */
            ali_record_solve(&record, &copy);
        }
    }
    end_frame(&record, 0);
    alicorn_status status = ALICORN_OK;
    if (record.status)
        status = ali_error_memory(error, record.size, "a checkpoint record");
    else {
        int reason = write_bytes(checkpoint, record.bytes, record.size);
        if (reason)
            status = io_error(checkpoint, "written", reason, error);
    }
    ali_record_clear(&record);
    return status;
}
