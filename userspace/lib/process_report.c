// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Reports of processes.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "component_text.h"
#include "crypto.h"
#include "fault.h"
#include "process_private.h"
#include "report_encode.h"

enum { MAX_RECORDS = 1024, MAX_TYPES = 16, MAX_PATH = 4096 };

void sg_process_note(struct sg_process *p, const struct suit_record *record)
{
	if (p->n_records == MAX_RECORDS)
		return;
	sg_report_record_write(&p->records, record);
	p->n_records++;
}

/* Of what types components are, as prefixes of their ids. */
struct types {
	struct sg_report_component prefix[MAX_TYPES];
	u8 id[MAX_TYPES][SUIT_MAX_COMPONENT_ID];
	size_t n;
};

/* "file" and "/opt/acme": file/opt/acme */
static void add_type(struct types *types, const char *type, const char *path)
{
	struct sg_error ignored;
	char text[MAX_PATH];
	size_t len;

	if (types->n == MAX_TYPES ||
	    snprintf(text, sizeof(text), "%s%s", type, path) >=
		    (int)sizeof(text))
		return;
	len = strlen(text);
	while (text[len - 1] == '/')
		text[--len] = '\0';
	if (sg_component_parse(text, types->id[types->n],
			       SUIT_MAX_COMPONENT_ID, &len, &ignored) < 0)
		return;
	types->prefix[types->n] = (struct sg_report_component){
		.id = { types->id[types->n], len }, .prefix = true,
	};
	types->n++;
}

static int capabilities(const struct sg_process_request *request,
			struct sg_buf *out, struct sg_error *err)
{
	const struct sg_device *device = request->device;
	struct types types = { .n = 0 };
	struct suit_platform_ops ops;
	const char *type, *root;
	size_t i, j;

	for (i = 0; (type = sg_place_type_name(i)); i++) {
		sg_place_root(device, i, &root);
		if (root)
			add_type(&types, type, "");
		for (j = 0; !root && j < device->n_file_roots; j++)
			add_type(&types, type, device->file_root[j]);
	}
	sg_process_ops_of(request, &ops);
	return sg_report_capability(&ops, sg_crypto(), types.prefix, types.n,
				    out, err);
}

/* With what @wish adds. */
static int encode(const struct sg_process_request *request,
		  const struct sg_report_wish *wish, struct sg_report *report,
		  struct sg_buf *out, struct sg_error *err)
{
	struct sg_buf can = { 0 };
	int ret;

	if (wish->n_nonce > SG_REPORT_MAX_NONCE)
		return sg_fail(err, "a nonce has at most %d bytes",
			       SG_REPORT_MAX_NONCE);
	report->nonce = (struct suit_slice){ wish->nonce, wish->n_nonce };
	if (wish->capabilities && capabilities(request, &can, err) < 0)
		return -1;
	report->capability = (struct suit_slice){ can.data, can.len };
	ret = sg_report_encode(report, out, err);
	sg_buf_free(&can);
	return ret;
}

int sg_process_report(const struct sg_process *p,
		      const struct sg_report_wish *wish, struct sg_buf *out,
		      struct sg_error *err)
{
	struct suit_slice uri = p->node[0].manifest.reference_uri;
	struct suit_record at;
	bool somewhere = suit_procedure_where(&p->core, &at);
	struct sg_report report = {
		.digest = p->node[0].envelope.digest,
		.records = { p->records.buf.data, p->records.buf.len },
		.n_records = p->n_records, .error = p->failure,
		.invoke_pending = wish->pending,
		.at = somewhere ? &at : NULL,
	};
	char *text;
	int ret;

	*out = (struct sg_buf){ 0 };
	if (p->records.failed)
		return sg_fail(err, "out of memory");
	text = strndup(uri.ptr ? (const char *)uri.ptr : "", uri.len);
	if (!text)
		return sg_fail(err, "out of memory");
	report.uri = text;
	/* it failed after its last command */
	if (p->core.result == SUIT_OK && p->failure != SUIT_OK)
		report.at = NULL;
	ret = encode(&p->request, wish, &report, out, err);
	free(text);
	return ret;
}

int sg_process_report_refusal(const struct sg_process_request *request,
			      const char *code,
			      const struct sg_report_wish *wish,
			      struct sg_buf *out, struct sg_error *err)
{
	const struct suit_slice bytes = {
		request->envelope.data, request->envelope.len
	};
	struct sg_report report = {
		.uri = "", .error = sg_report_error(code),
	};
	struct suit_envelope envelope;
	enum suit_error error = suit_envelope_open(&envelope, bytes);

	*out = (struct sg_buf){ 0 };
	if (error != SUIT_OK)
		return sg_fault_open(err, error, envelope.epoch,
				     "what should be reported about");
	report.digest = envelope.digest;
	return encode(request, wish, &report, out, err);
}
