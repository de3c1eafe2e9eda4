/* SPDX-License-Identifier: Apache-2.0 */

/** @file
 *  What ThreadSanitizer has to know of LLVM's OpenMP runtime besides what archer says, the tool
 *  that comes with it. Builds with -Db_sanitize=thread link this in front of the runtime, see
 *  README.md; it is itself not instrumented.
 *
 *  First, the runtime makes the memory of a task that has ended that of a new one, whose creator
 *  then writes where the old one has read, in an order that only the runtime knows. So what the
 *  compiled code sees of a task comes from malloc and goes to free, which the sanitizer knows, and
 *  the runtime gets a task of its own that runs it. (To call the creator ordered behind the old
 *  task would do too, but that orders all that comes later as well and hides races.)
 *
 *  Second, a task with `if (false)` and dependences waits for them as a task of its own. The
 *  runtime of LLVM 14 takes what archer notes about that for a mistake of its own and aborts. Here
 *  such tasks are alone on their thread and have nothing to wait for, so they do not. If that ever
 *  changes, the sanitizer reports a race. */
#include <dlfcn.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

/* The interface between clang and its runtime, as in LLVM's kmp.h. */
typedef struct task task;
typedef int32_t task_entry(int32_t thread, task *task);
struct task {
    void *shared;
    task_entry *entry;
    int32_t part;
    void *spare[2]; /**< of C++ and of priorities; [0] of our two tasks is the other one */
};

typedef task *alloc_function(void *place, int32_t thread, int32_t flags, size_t size,
                             size_t shared_size, task_entry *entry);
typedef int32_t create_function(void *place, int32_t thread, task *task);
typedef int32_t create_after_function(void *place, int32_t thread, task *task, int32_t count,
                                      void *list, int32_t noalias_count, void *noalias_list);
typedef void undeferred_function(void *place, int32_t thread, task *task);
typedef void wait_function(void *place, int32_t thread, int32_t count, void *list,
                           int32_t noalias_count, void *noalias_list);

alloc_function __kmpc_omp_task_alloc;
create_function __kmpc_omp_task;
create_after_function __kmpc_omp_task_with_deps;
undeferred_function __kmpc_omp_task_begin_if0;
undeferred_function __kmpc_omp_task_complete_if0;
wait_function __kmpc_omp_wait_deps;

/** The runtime's own function of that name. */
typedef union runtime_function {
    void *symbol;
    alloc_function *alloc;
    create_function *create;
    create_after_function *create_after;
    undeferred_function *undeferred;
} runtime_function;

static runtime_function of_runtime(const char *name)
{
    return (runtime_function){.symbol = dlsym(RTLD_NEXT, name)};
}

static int32_t run(int32_t thread, task *own)
{
    task *seen = own->spare[0];
    int32_t result = seen->entry(thread, seen);
    free(seen);
    return result;
}

task *__kmpc_omp_task_alloc(void *place, int32_t thread, int32_t flags, size_t size,
                            size_t shared_size, task_entry *entry)
{
    size_t aligned = (size + sizeof(void *) - 1) / sizeof(void *) * sizeof(void *);
    task *seen = malloc(aligned + shared_size);
    task *own = of_runtime(__func__).alloc(place, thread, flags, sizeof *own, 0, run);
    if (!seen)
        abort();
    *seen = (task){.shared = (char *)seen + aligned, .entry = entry, .spare = {own}};
    own->spare[0] = seen;
    return seen;
}

int32_t __kmpc_omp_task(void *place, int32_t thread, task *task)
{
    return of_runtime(__func__).create(place, thread, task->spare[0]);
}

int32_t __kmpc_omp_task_with_deps(void *place, int32_t thread, task *task, int32_t count,
                                  void *list, int32_t noalias_count, void *noalias_list)
{
    return of_runtime(__func__).create_after(place, thread, task->spare[0], count, list,
                                             noalias_count, noalias_list);
}

void __kmpc_omp_task_begin_if0(void *place, int32_t thread, task *task)
{
    of_runtime(__func__).undeferred(place, thread, task->spare[0]);
}

void __kmpc_omp_task_complete_if0(void *place, int32_t thread, task *task)
{
    of_runtime(__func__).undeferred(place, thread, task->spare[0]);
    free(task);
}

void __kmpc_omp_wait_deps(void *place, int32_t thread, int32_t count, void *list,
                          int32_t noalias_count, void *noalias_list)
{
    (void)place, (void)thread, (void)count, (void)list, (void)noalias_count, (void)noalias_list;
}
