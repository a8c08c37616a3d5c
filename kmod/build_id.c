// SPDX-License-Identifier: GPL-2.0-only
#include "build_id.h"

#include <linux/elf.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>

#include "file.h"

u8 suit_build_id[32];

/* One ELF note: header, "GNU\0", the id. */
static void take(const u8 *bytes, size_t len)
{
	const struct elf_note *note = (const void *)bytes;
	size_t head = sizeof(*note) + sizeof("GNU");

	if (len < head || note->n_namesz != sizeof("GNU") ||
	    note->n_descsz > len - head ||
	    note->n_descsz > sizeof(suit_build_id))
		return;
	memcpy(suit_build_id, bytes + head, note->n_descsz);
}

void suit_build_id_init(void)
{
	static const char path[] = "/sys/module/" KBUILD_MODNAME
				   "/notes/.note.gnu.build-id";
	void *bytes;
	size_t len;

	if (suit_file_read(path, PAGE_SIZE, &bytes, &len))
		return;
	take(bytes, len);
	kvfree(bytes);
}
