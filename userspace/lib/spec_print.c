// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * An envelope for people: a page of what sg_spec_show() found, by the same
 * names. It says who says to have signed, and that nobody verified that.
 */
#include "spec_print.h"
#include "suitgate/author.h"

static void print_signature(struct sg_page *p, const char *type,
			    sd_json_variant *v)
{
	sd_json_variant *alg = sd_json_variant_by_key(v, "alg");
	sd_json_variant *kid = sd_json_variant_by_key(v, "kid");

	sg_page_start(p);
	fprintf(p->out, "signed, not verified: %s", type);
	if (alg) {
		fputs(", ", p->out);
		sg_print_inline(p->out, alg);
	}
	if (kid) {
		fputs(", key id ", p->out);
		sg_print_bytes(p->out, sd_json_variant_string(kid));
	}
	fputc('\n', p->out);
}

static void print_block(struct sg_page *p, sd_json_variant *block)
{
	sd_json_variant *type = sd_json_variant_by_key(block, "type");
	sd_json_variant *v = sd_json_variant_by_key(block, "signatures");
	size_t i, n = sd_json_variant_elements(v);

	for (i = 0; i < n; i++)
		print_signature(p, sd_json_variant_string(type),
				sd_json_variant_by_index(v, i));
	if (n)
		return;
	sg_page_start(p);
	fputs("signed, not verified: in a way that is not known\n", p->out);
}

static void print_authentication(struct sg_page *p, sd_json_variant *v)
{
	sd_json_variant *blocks = sd_json_variant_by_key(v, "blocks");
	size_t i, n = sd_json_variant_elements(blocks);

	for (i = 0; i < n; i++)
		print_block(p, sd_json_variant_by_index(blocks, i));
	if (!n) {
		sg_page_start(p);
		fputs("not signed\n", p->out);
	}
	sg_print_member(p, &sg_spec_digest, "digest",
			sd_json_variant_by_key(v, "digest"));
}

static void print_payloads(struct sg_page *p, sd_json_variant *v)
{
	size_t i, n = sd_json_variant_elements(v);

	if (!n)
		return;
	sg_page_start(p);
	fputs("payloads:\n", p->out);
	p->indent++;
	for (i = 0; i < n; i += 2) {
		sd_json_variant *name = sd_json_variant_by_index(v, i);

		sg_print_member(p, &sg_spec_payload,
				sd_json_variant_string(name),
				sd_json_variant_by_index(v, i + 1));
	}
	p->indent--;
}

void sg_print_envelope(struct sg_page *p, sd_json_variant *spec)
{
	sd_json_variant *unclaimed = sd_json_variant_by_key(spec, "unclaimed");

	if (sg_json_sole(spec, "raw")) {
		sg_print_member(p, &sg_spec_any, "envelope", spec);
		return;
	}
	print_authentication(p, sd_json_variant_by_key(spec, "authentication"));
	sg_print_member(p, &sg_spec_manifest, "manifest",
			sd_json_variant_by_key(spec, "manifest"));
	if (unclaimed)
		sg_print_member(p, &sg_spec_manifest,
				"members that the manifest says nothing of",
				unclaimed);
	print_payloads(p, sd_json_variant_by_key(spec, "payloads"));
}

int sg_spec_print(struct sd_json_variant *spec, FILE *out,
		  struct sg_error *err)
{
	struct sg_page p = { .out = out };

	sg_print_envelope(&p, spec);
	if (fflush(out) || ferror(out))
		return sg_fail(err, "cannot write: %m");
	return 0;
}
