// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Reports for people.
 */
#include "spec_print.h"
#include "suitgate/report.h"

static void print_line(struct sg_page *p, const char *name, sd_json_variant *v)
{
	if (v)
		sg_print_member(p, &sg_spec_any, name, v);
}

/* "section payload-fetch, byte 20, component 0" */
static void print_place(struct sg_page *p, sd_json_variant *record)
{
	static const char *const parts[][2] = {
		{ "section", "section" }, { "byte", "offset" },
		{ "component", "component" },
	};
	size_t i;

	for (i = 0; i < 3; i++) {
		fprintf(p->out, "%s%s ", i ? ", " : "", parts[i][0]);
		sg_print_inline(p->out,
				sd_json_variant_by_key(record, parts[i][1]));
	}
	if (sd_json_variant_elements(sd_json_variant_by_key(record,
							    "manifest"))) {
		fputs(", dependency ", p->out);
		sg_print_inline(p->out,
				sd_json_variant_by_key(record, "manifest"));
	}
	fputc('\n', p->out);
}

static void print_record(struct sg_page *p, sd_json_variant *record)
{
	sd_json_variant *id = sd_json_variant_by_key(record, "component-id");
	sd_json_variant *properties = sd_json_variant_by_key(record,
							     "properties");

	sg_page_start(p);
	if (id) {
		fputs("found of ", p->out);
		sg_print_component(p->out, id);
		fputc('\n', p->out);
	} else {
		print_place(p, record);
	}
	p->indent++;
	if (sd_json_variant_elements(properties))
		sg_print_member(p, &sg_spec_parameters, "measured", properties);
	p->indent--;
}

static void print_result(struct sg_page *p, sd_json_variant *result)
{
	sd_json_variant *record = sd_json_variant_by_key(result, "record");

	sg_page_start(p);
	if (!record) {
		fputs("result: success\n", p->out);
		return;
	}
	fputs("result: ", p->out);
	sg_print_inline(p->out, sd_json_variant_by_key(result, "meaning"));
	fputs(", reason ", p->out);
	sg_print_inline(p->out, sd_json_variant_by_key(result, "reason"));
	fputs(", code ", p->out);
	sg_print_inline(p->out, sd_json_variant_by_key(result, "code"));
	fputc('\n', p->out);
	p->indent++;
	print_record(p, record);
	p->indent--;
}

static void print_records(struct sg_page *p, sd_json_variant *records)
{
	size_t i, n = sd_json_variant_elements(records);

	sg_page_start(p);
	fprintf(p->out, n ? "records:\n" : "records: none\n");
	p->indent++;
	for (i = 0; i < n; i++)
		print_record(p, sd_json_variant_by_index(records, i));
	p->indent--;
}

int sg_report_print(sd_json_variant *report, FILE *out, struct sg_error *err)
{
	sd_json_variant *reference = sd_json_variant_by_key(report,
							    "reference");
	struct sg_page p = { .out = out };

	fputs(sd_json_variant_boolean(sd_json_variant_by_key(report,
							     "signed")) ?
	      "signed, not verified\n" : "not signed\n", out);
	print_line(&p, "manifest", sd_json_variant_by_key(reference, "uri"));
	sg_print_member(&p, &sg_spec_digest, "digest",
			sd_json_variant_by_key(reference, "digest"));
	if (sd_json_variant_by_key(report, "nonce")) {
		fputs("nonce: ", out);
		sg_print_bytes(out, sd_json_variant_string(
				       sd_json_variant_by_key(report,
							      "nonce")));
		fputc('\n', out);
	}
	print_result(&p, sd_json_variant_by_key(report, "result"));
	print_records(&p, sd_json_variant_by_key(report, "records"));
	print_line(&p, "capabilities",
		   sd_json_variant_by_key(report, "capabilities"));
	return fflush(out) == 0 && !ferror(out) ?
		       0 : sg_fail(err, "cannot write the report: %m");
}
