// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * An envelope that a command made: write it, and tell.
 */
#include "cli.h"
#include "file_arg.h"
#include "out.h"
#include "written.h"

int written_put(const struct written *w, struct sg_error *err)
{
	return file_write(w->path, &w->envelope, err);
}

FILE *written_out(const struct written *w)
{
	return file_is_standard(w->path) ? stderr : stdout;
}

static bool is_signed(const struct written *w)
{
	return sg_envelope_signatures(&w->envelope) > 0;
}

void written_text(const struct written *w)
{
	struct sg_gate_digest digest;
	char hex[OUT_HEX + 8];
	struct sg_error err;
	FILE *out = written_out(w);

	out_text(out, w->path);
	fprintf(out, ": %zu bytes, %s\n", w->envelope.len,
		is_signed(w) ? "signed" : "NOT signed");
	if (sg_gate_digest_of(&w->envelope, &digest, &err) == 0) {
		out_digest(&digest, hex);
		fprintf(out, "  manifest  %s\n", hex);
	}
}

void written_warn(const struct written *w)
{
	if (is_signed(w))
		return;
	fputs("suitctl: no gate delivers firmware by an unsigned manifest: "
	      "suitctl sign -k KEY.pem ", stderr);
	out_text(stderr, file_is_standard(w->path) ? "X.suit" : w->path);
	fputc('\n', stderr);
}

sd_json_variant *written_json(const struct written *w)
{
	sd_json_variant *v = NULL, *file = out_text_json(w->path);
	struct sg_gate_digest digest;
	char hex[OUT_HEX + 8];
	struct sg_error err;

	if (file && sg_gate_digest_of(&w->envelope, &digest, &err) == 0) {
		out_digest(&digest, hex);
		sd_json_buildo(&v,
			SD_JSON_BUILD_PAIR_VARIANT("file", file),
			SD_JSON_BUILD_PAIR_UNSIGNED("bytes", w->envelope.len),
			SD_JSON_BUILD_PAIR_BOOLEAN("signed", is_signed(w)),
			SD_JSON_BUILD_PAIR_STRING("digest", hex));
	}
	sd_json_variant_unref(file);
	return v;
}

int written_end(struct written *w, int r, bool json,
		const struct sg_error *err)
{
	int ret = CLI_OK;

	if (r < 0)
		ret = cli_error(err);
	else if (json)
		ret = out_json(written_json(w));
	else
		written_text(w);
	sg_buf_free(&w->envelope);
	return ret;
}
