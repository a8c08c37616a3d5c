// SPDX-License-Identifier: GPL-2.0-or-later
#include "seed.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../fuzz/machine_input.h"
#include "gadget.h"
#include "machine.h"

static u8 small(u64 value)
{
	return value > 255 ? 255 : (u8)value;
}

static void put_slice(FILE *out, struct suit_slice bytes)
{
	fputc((int)(bytes.len >> 8), out);
	fputc((int)(bytes.len & 255), out);
	if (bytes.len)
		fwrite(bytes.ptr, 1, bytes.len, out);
}

static void put_cell(FILE *out, struct suit_slice name, struct suit_slice bytes,
		     u32 references)
{
	if (bytes.len > 0xffff)
		return;
	put_slice(out, name);
	put_slice(out, bytes);
	fputc(small(references), out);
}

/* Its segments between '/'. */
static struct suit_slice id_of(const char *name)
{
	const char *list = "", *end;

	for (;; name = end + 1) {
		end = strchrnul(name, '/');
		list = text("%s%s'%.*s'", list, *list ? ", " : "",
			    (int)(end - name), name);
		if (!*end)
			return diag("[%s]", list);
	}
}

static void put_cells(FILE *out)
{
	const struct cell *cell;
	u32 i;

	for (i = 0; i < MACHINE_CELLS; i++) {
		cell = &machine.storage[i];
		if (cell->name)
			put_cell(out, id_of(cell->name), cell->bytes,
				 cell->references);
		cell = &machine.network[i];
		if (cell->name)
			put_cell(out, bytes_of(cell->name), cell->bytes, 0);
	}
	for (i = 0; i < GADGET_COMPONENTS; i++)
		if (gadget.image[i].ptr)
			put_cell(out, diag("['c', '%u']", i), gadget.image[i],
				 gadget.references);
}

static void put_version(u8 *head)
{
	const struct suit_version *version = machine.version.n ?
					     &machine.version : &gadget.version;
	u32 i;

	head[INPUT_VERSION] = small(version->n);
	for (i = 0; i < version->n && i < SUIT_MAX_VERSION; i++)
		head[INPUT_PARTS + i] = (u8)version->part[i];
}

static void put_failing(u8 *head)
{
	static const char *const names[] = {
		"fetch", "copy", "write", "swap", "invoke", "unlink"
	};
	u8 i;

	head[INPUT_FAILING] = gadget.fails != SUIT_OK ? 255 : 0;
	head[INPUT_ERROR] = (u8)(gadget.fails | machine.error);
	for (i = 0; machine.failing && i < COUNT(names); i++)
		if (!strcmp(machine.failing, names[i]))
			head[INPUT_FAILING] = (u8)(i + 1);
}

static void put_floor(u8 *head)
{
	bool digest = machine.floor_digest.alg || gadget.floor.manifest.alg;

	head[INPUT_FLOOR] = small(machine.floor | gadget.floor.sequence_number);
	if (machine.floor_owner)
		head[INPUT_FLOOR_OWNER] = *machine.floor_owner == 'b' ? 2 : 1;
	else if (gadget.floor.sequence_number)
		head[INPUT_FLOOR_OWNER] = 255;
	head[INPUT_FLOOR_DIGEST] = digest;
	head[INPUT_REVOKED] = machine_trust.n_revoked != 0;
}

static void put_absent(u8 *head, const struct suit_platform_ops *ops)
{
	enum { OP = sizeof(ops->identify) };
	static const u8 none[OP];
	u32 i;

	for (i = 0; ops && i < sizeof(*ops) / OP; i++)
		if (!memcmp((const u8 *)ops + (size_t)i * OP, none, OP))
			head[INPUT_ABSENT + i / 8] |= (u8)(1 << i % 8);
}

void seed_write(struct suit_slice envelope, u32 procedure,
		const struct suit_platform_ops *ops)
{
	const char *folder = getenv("SUITGATE_SEEDS");
	u8 head[INPUT_HEAD] = { 0 };
	static unsigned int number;
	FILE *out;

	if (!folder || envelope.len > 0xffff)
		return;
	head[INPUT_PROCEDURE] = (u8)procedure;
	head[INPUT_PENDING] = small(machine.pending + gadget.pending);
	head[INPUT_IMAGE_ERROR] = (u8)gadget.error;
	head[INPUT_DIGEST_ERROR] = (u8)toy.digest_error;
	head[INPUT_VERIFY_ERROR] = (u8)toy.verify_error;
	head[INPUT_NOW] = small(machine.now | gadget.now);
	head[INPUT_BATTERY] = small(machine.battery | gadget.battery);
	head[INPUT_PRIORITY] = (u8)(machine.priority ? machine.priority : -1);
	head[INPUT_EVENTS] = (u8)(machine.events >> 8);
	head[INPUT_EVENTS + 1] = (u8)machine.events;
	head[INPUT_SLOT] = small(gadget.slot);
	head[INPUT_NODES] = MACHINE_NODES;
	head[INPUT_PARAMS] = MACHINE_PARAMS;
	put_absent(head, ops);
	put_failing(head);
	put_floor(head);
	put_version(head);
	out = fopen(text("%s/%s-%u", folder, program_invocation_short_name,
			 number++), "w");
	assert_non_null(out);
	fwrite(head, 1, sizeof(head), out);
	put_slice(out, envelope);
	put_cells(out);
	fclose(out);
}
