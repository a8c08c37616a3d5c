// SPDX-License-Identifier: GPL-2.0-or-later
#include "memory.h"

#include <errno.h>
#include <link.h>
#include <malloc.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <unistd.h>

enum { QUIET_US = 1000000 };

/**
 * struct quiet - waiting for a pause
 * @timer: it has been quiet
 * @trimmed: what has happened last is that
 */
static struct quiet {
	sd_event_source *timer;
	bool trimmed;
} quiet;

static bool has_relocations_in_text(const struct dl_phdr_info *info)
{
	const ElfW(Dyn) *dyn;
	size_t i;

	for (i = 0; i < info->dlpi_phnum; i++) {
		if (info->dlpi_phdr[i].p_type != PT_DYNAMIC)
			continue;
		dyn = (const void *)(info->dlpi_addr +
				     info->dlpi_phdr[i].p_vaddr);
		for (; dyn->d_tag != DT_NULL; dyn++)
			if (dyn->d_tag == DT_TEXTREL ||
			    (dyn->d_tag == DT_FLAGS &&
			     dyn->d_un.d_val & DF_TEXTREL))
				return true;
	}
	return false;
}

/* What nobody writes to is as its file says: it comes back when it is used. */
static int drop_code(struct dl_phdr_info *info, size_t size, void *context)
{
	const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
	uintptr_t begin, end;
	size_t i;

	(void)size;
	(void)context;
	if (has_relocations_in_text(info))
		return 0;
	for (i = 0; i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *segment = &info->dlpi_phdr[i];

		if (segment->p_type != PT_LOAD || segment->p_flags & PF_W)
			continue;
		begin = info->dlpi_addr + segment->p_vaddr;
		end = begin + segment->p_memsz;
		begin &= ~(page - 1);
		madvise((void *)begin, end - begin, MADV_DONTNEED);
	}
	return 0;
}

void memory_trim(void)
{
	malloc_trim(0);
	dl_iterate_phdr(drop_code, NULL);
}

static int on_quiet(sd_event_source *source, uint64_t usec, void *userdata)
{
	(void)source;
	(void)usec;
	(void)userdata;
	memory_trim();
	quiet.trimmed = true;
	return 0;
}

/* Called after everything, on_quiet() too. */
static int on_activity(sd_event_source *source, void *userdata)
{
	(void)source;
	(void)userdata;
	if (quiet.trimmed) {
		quiet.trimmed = false;
		return 0;
	}
	sd_event_source_set_time_relative(quiet.timer, QUIET_US);
	return sd_event_source_set_enabled(quiet.timer, SD_EVENT_ONESHOT);
}

int memory_start(sd_event *event, struct sg_error *err)
{
	sd_event_source *post = NULL;
	int r;

	r = sd_event_add_time_relative(event, &quiet.timer, CLOCK_MONOTONIC,
				       QUIET_US, 0, on_quiet, NULL);
	if (r >= 0)
		r = sd_event_source_set_floating(quiet.timer, true);
	/* not before what is waiting, but told of it before anything else */
	if (r >= 0)
		r = sd_event_source_set_priority(quiet.timer,
						 SD_EVENT_PRIORITY_IDLE);
	if (r >= 0)
		r = sd_event_add_post(event, &post, on_activity, NULL);
	if (r >= 0)
		r = sd_event_source_set_floating(post, true);
	if (r >= 0)
		r = sd_event_source_set_priority(post,
						 SD_EVENT_PRIORITY_IMPORTANT);
	sd_event_source_unref(post);
	sd_event_source_unref(quiet.timer);
	if (r >= 0)
		return 0;
	errno = -r;
	return sg_fail(err, "cannot watch the memory: %m");
}
