// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Reports of what the gate decided.
 */
#include <stdio.h>
#include <string.h>

#include "author_private.h"
#include "component_text.h"
#include "loader.h"
#include "report_encode.h"
#include "suitgate/report.h"

static void claim(struct sg_cbor_writer *w, struct suit_slice id,
		  const struct sg_report_decision *decision)
{
	struct suit_measured measured = {
		.labels = 1U << SUIT_PARAM_IMAGE_SIZE,
		.size = decision->bytes,
	};

	if (decision->sha256) {
		measured.labels |= 1U << SUIT_PARAM_IMAGE_DIGEST;
		measured.digest = (struct suit_digest){
			SUIT_ALG_SHA256, { decision->sha256, 32 },
		};
	}
	sg_report_claims_write(w, id, &measured);
}

/* A SUIT_Reference has a digest: without a manifest it is that of no bytes. */
static void refer(struct sg_cbor_writer *w,
		  const struct sg_gate_digest *manifest)
{
	uint8_t none[SG_SHA256];
	struct sg_error ignored;

	sg_cbor_write_array(w, 2);
	if (manifest->len) {
		sg_cbor_write_int(w, manifest->alg);
		sg_cbor_write_bytes(w, manifest->value, manifest->len);
		return;
	}
	if (sg_sha256("", 0, none, &ignored) < 0)
		w->failed = true;
	sg_cbor_write_int(w, SUIT_ALG_SHA256);
	sg_cbor_write_bytes(w, none, sizeof(none));
}

static int encode(struct suit_slice id,
		  const struct sg_report_decision *decision,
		  struct sg_buf *out, struct sg_error *err)
{
	struct sg_cbor_writer records = { 0 }, reference = { 0 };
	struct sg_report report = {
		.uri = "", .n_records = 1,
		.error = strcmp(decision->code, "ok") ?
				 sg_report_error(decision->code) : SUIT_OK,
	};
	int ret;

	claim(&records, id, decision);
	refer(&reference, &decision->manifest);
	if (records.failed || reference.failed) {
		ret = sg_fail(err, "out of memory");
	} else {
		report.records = (struct suit_slice){ records.buf.data,
						      records.buf.len };
		report.digest = (struct suit_slice){ reference.buf.data,
						     reference.buf.len };
		ret = sg_report_encode(&report, out, err);
	}
	sg_buf_free(&records.buf);
	sg_buf_free(&reference.buf);
	return ret;
}

/* Of the path of a file the component is what the loader calls it. */
static int component_of(const char *name, uint8_t id[SUIT_MAX_COMPONENT_ID],
			size_t *len, struct sg_error *err)
{
	char component[SG_GATE_MAX_NAME + sizeof("firmware/")];
	const struct sg_device here = { 0 };
	const char *inside = name, *type = "firmware/";
	struct sg_loader loader;

	if (*name == '/') {
		sg_loader_read(&here, &loader);
		inside = sg_loader_name(&loader, name);
		type = inside ? type : "file";
	}
	snprintf(component, sizeof(component), "%s%s", type,
		 inside ? inside : name);
	return sg_component_parse(component, id, SUIT_MAX_COMPONENT_ID, len,
				  err);
}

int sg_report_decision(const struct sg_report_decision *decision,
		       struct sg_buf *out, struct sg_error *err)
{
	uint8_t id[SUIT_MAX_COMPONENT_ID];
	size_t len;

	*out = (struct sg_buf){ 0 };
	if (component_of(decision->name, id, &len, err) < 0)
		return -1;
	return encode((struct suit_slice){ id, len }, decision, out, err);
}
