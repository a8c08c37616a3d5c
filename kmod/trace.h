/* SPDX-License-Identifier: GPL-2.0-only */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM suitgate

#if !defined(SUITGATE_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define SUITGATE_TRACE_H

#include <linux/tracepoint.h>

#include "core/suit.h"
#include "uapi/suitgate.h"

TRACE_EVENT(suitgate_decision,
	TP_PROTO(const struct suitgate_record *record),
	TP_ARGS(record),
	TP_STRUCT__entry(
		__field(u64, number)
		__field(u64, bytes)
		__field(u64, sequence_number)
		__field(u32, error)
		__field(u8, path)
		__field(u8, verdict)
		__field(u8, source)
		__string(name, (const char *)record->name)
		__string(authority, (const char *)record->authority)
		__string(reason, suit_error_name(record->error))
	),
	TP_fast_assign(
		__entry->number = record->number;
		__entry->bytes = record->bytes;
		__entry->sequence_number = record->sequence_number;
		__entry->error = record->error;
		__entry->path = record->path;
		__entry->verdict = record->verdict;
		__entry->source = record->source;
		__assign_str(name);
		__assign_str(authority);
		__assign_str(reason);
	),
	TP_printk("number=%llu name=%s verdict=%s reason=%s path=%s source=%s authority=%s seq=%llu bytes=%llu",
		  __entry->number, __get_str(name),
		  __print_symbolic(__entry->verdict,
				   { SUITGATE_DELIVERED, "delivered" },
				   { SUITGATE_REFUSED, "refused" },
				   { SUITGATE_AUDITED, "audited" }),
		  __get_str(reason),
		  __print_symbolic(__entry->path,
				   { SUITGATE_PATH_FILE, "file" },
				   { SUITGATE_PATH_PARTIAL, "partial" },
				   { SUITGATE_PATH_DATA, "data" },
				   { SUITGATE_PATH_UNSEEN, "unseen" }),
		  __print_symbolic(__entry->source,
				   { SUITGATE_SOURCE_NONE, "none" },
				   { SUITGATE_SOURCE_LOADED, "loaded" },
				   { SUITGATE_SOURCE_SIDECAR, "sidecar" }),
		  __get_str(authority), __entry->sequence_number,
		  __entry->bytes)
);

#endif /* SUITGATE_TRACE_H */

#undef TRACE_INCLUDE_PATH
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_PATH .
#define TRACE_INCLUDE_FILE trace
#include <trace/define_trace.h>
