// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What this device can do, read out of the tables it works with.
 */
#include <string.h>

#include "crypto.h"
#include "place.h"
#include "process_private.h"
#include "report_label.h"
#include "report_private.h"

static const enum suit_capability lists[] = {
	SUIT_CAPABILITY_COMMANDS, SUIT_CAPABILITY_PARAMETERS,
	SUIT_CAPABILITY_ALGORITHMS, SUIT_CAPABILITY_ENVELOPE,
	SUIT_CAPABILITY_MANIFEST, SUIT_CAPABILITY_COMMON,
	SUIT_CAPABILITY_DEPENDENCY,
};

enum { N_LISTS = sizeof(lists) / sizeof(lists[0]) };

static void write_list(struct sg_cbor_writer *w, enum suit_capability what,
		       const struct suit_platform_ops *ops)
{
	size_t n = 0;
	u32 row = 0;
	s64 label;

	while (suit_capability_next(what, ops, sg_crypto(), &row, &label))
		n++;
	sg_cbor_write_uint(w, what);
	sg_cbor_write_array(w, n);
	for (row = 0; suit_capability_next(what, ops, sg_crypto(), &row,
					   &label); )
		sg_cbor_write_int(w, label);
}

/* Every component that begins so: [ segment, .., true ] */
static void write_prefix(struct sg_cbor_writer *w, const char *type,
			 const char *path)
{
	const char *at, *segment;
	size_t n = 2;

	for (at = path; *at; at += strspn(at, "/")) {
		at += strcspn(at, "/");
		n++;
	}
	sg_cbor_write_array(w, n);
	sg_cbor_write_bytes(w, type, strlen(type));
	for (segment = path; *segment; segment += strspn(segment, "/")) {
		n = strcspn(segment, "/");
		sg_cbor_write_bytes(w, segment, n);
		segment += n;
	}
	sg_cbor_write_bool(w, true);
}

static void write_components(struct sg_cbor_writer *w,
			     const struct sg_device *device)
{
	const char *type, *root;
	size_t i, j, n = 0;

	for (i = 0; (type = sg_place_type_name(i)); i++) {
		sg_place_root(device, i, &root);
		n += root ? 1 : device->n_file_roots;
	}
	sg_cbor_write_uint(w, SG_REPORT_COMPONENTS);
	sg_cbor_write_array(w, n);
	for (i = 0; (type = sg_place_type_name(i)); i++) {
		sg_place_root(device, i, &root);
		if (root)
			write_prefix(w, type, "");
		for (j = 0; !root && j < device->n_file_roots; j++)
			write_prefix(w, type, device->file_root[j] + 1);
	}
}

void sg_report_write_capabilities(struct sg_cbor_writer *w,
				  const struct sg_process_request *request)
{
	struct suit_platform_ops ops;
	size_t i;

	sg_process_ops_of(request, &ops);
	sg_cbor_write_map(w, 1 + N_LISTS);
	write_components(w, request->device);
	for (i = 0; i < N_LISTS; i++)
		write_list(w, lists[i], &ops);
}
