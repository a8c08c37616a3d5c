// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * docs/spec-json.md has every name of the tables, and its examples work.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "spec_case.h"
#include "spec_table.h"

static char *doc;

static void must_have(const char *what)
{
	if (!strstr(doc, what))
		fail_msg("docs/spec-json.md lacks: %s", what);
}

/* "`name` (7)", maybe on two lines */
static void check_names(const struct sg_spec_name *names)
{
	for (; names && names->name; names++) {
		const char *found = strstr(doc, text("`%s` (%lld)", names->name,
						     (long long)names->code));

		if (!found)
			must_have(text("`%s`\n(%lld)", names->name,
				       (long long)names->code));
	}
}

static const struct sg_spec_table *seen[32];

/* "| 7 | `name` |" of each row, and of the tables that it leads to */
static void check_table(const struct sg_spec_table *table)
{
	size_t i;

	for (i = 0; i < COUNT(seen) && seen[i]; i++)
		if (seen[i] == table)
			return;
	assert_true(i < COUNT(seen));
	seen[i] = table;
	for (i = 0; i < table->n; i++) {
		const struct sg_spec_row *row = &table->row[i];

		must_have(text("| %d | `%s` %s|", row->code, row->name,
			       row->severable ? "* " : ""));
		check_names(row->names);
		if (row->table)
			check_table(row->table);
	}
}

static void every_name_is_there(void **state)
{
	(void)state;
	check_table(sg_spec_manifest.table);
	check_table(&sg_spec_commands);
	check_table(&sg_spec_texts);
	check_table(&sg_spec_component_texts);
	check_names(sg_spec_algs);
	check_names(sg_spec_operators);
	/* tables within tables were found */
	assert_non_null(seen[15]);
}

/* The @n'th block of JSON. */
static sd_json_variant *example(unsigned int n)
{
	static const char start[] = "```json\n";
	const char *at = doc, *end;
	sd_json_variant *v;
	char *json;

	do {
		at = strstr(at, start);
		assert_non_null(at);
		at += strlen(start);
	} while (n--);
	end = strstr(at, "```");
	assert_non_null(end);
	json = strndup(at, (size_t)(end - at));
	v = spec_parse(json);
	free(json);
	return v;
}

static void the_release_can_be_made(void **state)
{
	sd_json_variant *spec = example(0);
	struct suit_slice made = spec_made(spec, true);
	sd_json_variant *again = spec_shown(made);

	(void)state;
	expect_bytes(spec_made(again, true), made);
	sd_json_variant_unref(again);
	sd_json_variant_unref(spec);
}

static void the_software_tag_can_be_made(void **state)
{
	sd_json_variant *tag = example(1), *spec = example(0);
	sd_json_variant *manifest;

	(void)state;
	manifest = sd_json_variant_ref(sd_json_variant_by_key(spec,
							      "manifest"));
	assert_true(sd_json_variant_set_field(&manifest, "coswid", tag) >= 0);
	assert_true(sd_json_variant_set_field(&spec, "manifest",
					      manifest) >= 0);
	assert_true(spec_made(spec, true).len > 0);
	sd_json_variant_unref(manifest);
	sd_json_variant_unref(spec);
	sd_json_variant_unref(tag);
}

int main(void)
{
	char dir[] = "/tmp/suitgate-doc.XXXXXX";
	struct sg_buf buf;
	struct sg_error err;
	int failed;

	if (sg_file_read("docs/spec-json.md", 1 << 20, &buf, &err) < 0 ||
	    !(doc = strndup((char *)buf.data, buf.len)) || !mkdtemp(dir) ||
	    chdir(dir) < 0 ||
	    sg_file_write("radio.fw", "radio", 5, 0600, &err) < 0) {
		printf("Bail out! no document, or no temporary folder\n");
		return 1;
	}
	sg_buf_free(&buf);
	single("every name is there, by its number", every_name_is_there);
	single("the release can be made", the_release_can_be_made);
	single("the software tag can be made", the_software_tag_can_be_made);
	failed = table_run("spec_doc");
	free(doc);
	unlink("radio.fw");
	return rmdir(dir) || failed;
}
