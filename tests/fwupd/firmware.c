// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * FuSuitFirmware without the rest of the plugin.
 *
 *	firmware --build X.builder.xml
 *		what is built is parsed to what was built, twice
 *	firmware --fuzz N X.suit...
 *		parse N mutants of these, by turns; each is refused, with a reason
 *		that is an error of fwupd, or exported and written again
 */
#include "config.h"

#include "fu-suit-firmware.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static guint n_accepted, n_written;

/* splitmix64: mutants are the same on every machine */
static guint64 next(void)
{
	static guint64 state;
	guint64 z = (state += 0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return z ^ (z >> 31);
}

static void die(const char *what, GError *error)
{
	fprintf(stderr, "%s: %s\n", what, error ? error->message : "different");
	exit(1);
}

static char *export(GBytes *bytes)
{
	g_autoptr(FuFirmware) firmware = fu_suit_firmware_new();
	GError *error = NULL;
	char *xml;

	if (!fu_firmware_parse_bytes(firmware, bytes, 0,
				     FU_FIRMWARE_PARSE_FLAG_NONE, &error))
		die("parse", error);
	xml = fu_firmware_export_to_xml(firmware, FU_FIRMWARE_EXPORT_FLAG_NONE,
					&error);
	if (!xml)
		die("export", error);
	return xml;
}

static GBytes *build(const char *xml)
{
	g_autoptr(FuFirmware) firmware = fu_suit_firmware_new();
	GError *error = NULL;
	GBytes *bytes;

	if (!fu_firmware_build_from_xml(firmware, xml, &error))
		die("build", error);
	bytes = fu_firmware_write(firmware, &error);
	if (!bytes)
		die("write", error);
	return bytes;
}

static void check_build(const char *path)
{
	g_autofree char *xml = NULL, *first = NULL, *second = NULL;
	g_autoptr(GBytes) bytes = NULL, again = NULL;
	GError *error = NULL;

	if (!g_file_get_contents(path, &xml, NULL, &error))
		die(path, error);
	bytes = build(xml);
	first = export(bytes);
	again = build(first);
	second = export(again);
	if (!g_bytes_equal(bytes, again) || strcmp(first, second))
		die("built again", NULL);
	printf("%s", first);
}

/* A few bytes changed, removed or made twice, or the end cut off. */
static GBytes *mutate(const guint8 *seed, gsize len)
{
	GByteArray *buf = g_byte_array_append(g_byte_array_new(), seed, len);
	guint n;

	for (n = 1 + next() % 4; n && buf->len > 1; n--) {
		guint at = next() % buf->len;
		guint some = 1 + next() % 8;

		some = MIN(some, buf->len - at);
		switch (next() % 6) {
		case 0:
			buf->data[at] ^= 1 << next() % 8;
			break;
		case 1:
			buf->data[at] = next();
			break;
		case 2:
			g_byte_array_remove_range(buf, at, some);
			break;
		case 3:
			g_byte_array_set_size(buf, at + 1);
			break;
		case 4:
			buf->data[at] += next() % 2 ? 1 : -1;
			break;
		case 5:
			g_byte_array_set_size(buf, buf->len + some);
			memmove(buf->data + at + some, buf->data + at,
				buf->len - at - some);
			break;
		}
	}
	return g_byte_array_free_to_bytes(buf);
}

static void try(GBytes *mutant)
{
	g_autoptr(FuFirmware) firmware = fu_suit_firmware_new();
	g_autoptr(GBytes) written = NULL;
	g_autofree char *text = NULL;
	GError *error = NULL;

	if (!fu_firmware_parse_bytes(firmware, mutant, 0,
				     FU_FIRMWARE_PARSE_FLAG_NONE, &error)) {
		if (error->domain != FWUPD_ERROR || !error->message[0])
			die("refused without a reason", error);
		g_error_free(error);
		return;
	}
	n_accepted++;
	text = fu_firmware_to_string(firmware);
	written = fu_firmware_write(firmware, &error);
	n_written += !!written;
	g_clear_error(&error);
}

static void fuzz(guint n, char **paths)
{
	g_autoptr(GPtrArray) seeds =
		g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
	GError *error = NULL;
	char *data;
	gsize len;
	guint i;

	for (; *paths; paths++) {
		if (!g_file_get_contents(*paths, &data, &len, &error))
			die(*paths, error);
		g_ptr_array_add(seeds, g_bytes_new_take(data, len));
	}
	for (i = 0; i < n; i++) {
		GBytes *seed = g_ptr_array_index(seeds, i % seeds->len);
		g_autoptr(GBytes) mutant = NULL;

		data = (char *)g_bytes_get_data(seed, &len);
		mutant = mutate((guint8 *)data, len);
		try(mutant);
	}
	printf("%u mutants of %u files: %u accepted, %u written again\n", n,
	       seeds->len, n_accepted, n_written);
}

int main(int argc, char **argv)
{
	g_log_set_always_fatal(G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
	if (argc == 3 && !strcmp(argv[1], "--build")) {
		check_build(argv[2]);
	} else if (argc > 3 && !strcmp(argv[1], "--fuzz")) {
		fuzz(strtoul(argv[2], NULL, 10), argv + 3);
	} else {
		fprintf(stderr, "usage: see the source\n");
		return 2;
	}
	return 0;
}
