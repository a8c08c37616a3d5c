// SPDX-License-Identifier: GPL-2.0-or-later
#include "memory.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { STACK = 1 << 20, MARK = 0xa5, GAP = 256 };

static unsigned long allocations;

/* The linker's --wrap sends every call of our own objects here. */
void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *old, size_t size);

void *__wrap_malloc(size_t size)
{
	allocations++;
	return __real_malloc(size);
}

void *__wrap_calloc(size_t n, size_t size)
{
	allocations++;
	return __real_calloc(n, size);
}

void *__wrap_realloc(void *old, size_t size)
{
	allocations++;
	return __real_realloc(old, size);
}

unsigned long memory_allocations(void)
{
	unsigned long n = allocations;

	allocations = 0;
	return n;
}

struct call {
	void (*run)(void *context);
	void *context;
	unsigned char *stack;
	size_t depth;
};

/*
 * Starting a thread leaves traces of its own, so the marks are made from
 * inside: everything below this frame, but for what memset() itself may take.
 */
static void *thread(void *arg)
{
	struct call *call = arg;
	unsigned char *here = __builtin_frame_address(0);
	size_t room = (size_t)(here - call->stack) - GAP, i;

	memset(call->stack, MARK, room);
	call->run(call->context);
	for (i = 0; i < room && call->stack[i] == MARK; i++)
		;
	call->depth = i < room ? room + GAP - i : GAP;
	return NULL;
}

size_t memory_stack(void (*run)(void *context), void *context)
{
	struct call call = {
		.run = run, .context = context,
		.stack = aligned_alloc(4096, STACK),
	};
	pthread_attr_t attr;
	pthread_t id;

	if (!call.stack || pthread_attr_init(&attr) ||
	    pthread_attr_setstack(&attr, call.stack, STACK) ||
	    pthread_create(&id, &attr, thread, &call))
		exit(1);
	pthread_join(id, NULL);
	pthread_attr_destroy(&attr);
	free(call.stack);
	return call.depth;
}
