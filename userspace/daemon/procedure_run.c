// SPDX-License-Identifier: GPL-2.0-or-later
#include "procedure_run.h"

#include <stdio.h>
#include <string.h>
#include <syslog.h>

#include "component.h"
#include "device_key.h"
#include "fetcher.h"
#include "gate_link.h"
#include "kept.h"

static void on_progress(void *context, const struct sg_progress *progress)
{
	const struct procedure_run *run = context;
	struct procedure_result *result = run->result;

	snprintf(result->phase, sizeof(result->phase), "%s",
		 progress->phase == SG_PHASE_FETCH ? "fetch" : "install");
	result->done = progress->done;
	result->total = progress->total;
}

static int take_manifests(const struct sg_process *process,
			  struct procedure_result *result,
			  struct sg_error *err)
{
	struct sg_process_manifest from;
	struct procedure_manifest *to;
	size_t i;

	for (i = 0; sg_process_get_manifest(process, i, &from); i++) {
		if (i == PROCEDURE_MANIFESTS)
			return sg_fail(err, "more than %d manifests are not installed together",
				       PROCEDURE_MANIFESTS);
		to = &result->manifest[i];
		*to = (struct procedure_manifest){
			.digest = from.digest, .role = from.role,
			.sequence_number = from.sequence_number,
			.floor_id_len = from.floor_id_len,
			.gated = from.gated,
		};
		memcpy(to->authority, from.authority, sizeof(to->authority));
		memcpy(to->version, from.version, sizeof(to->version));
		memcpy(to->floor_id, from.floor_id, from.floor_id_len);
	}
	result->n_manifests = i;
	return 0;
}

static bool is_in_place(const struct procedure_run *run,
			const struct sg_process *process,
			const struct sg_process_component *is,
			struct store_component *component)
{
	struct sg_process_manifest manifest;

	return run->request->step != PROCEDURE_EXAMINE && is->gated &&
	       !is->stored &&
	       sg_process_get_manifest(process, is->manifest, &manifest) &&
	       component_in_place(run->setup, &manifest.envelope, component);
}

static int take_components(const struct procedure_run *run,
			   const struct sg_process *process,
			   struct sg_error *err)
{
	struct procedure_result *result = run->result;
	struct sg_process_component from;
	size_t i;

	for (i = 0; sg_process_get_component(process, i, &from); i++) {
		if (i == PROCEDURE_COMPONENTS)
			return sg_fail(err, "more than %d components are not installed together",
				       PROCEDURE_COMPONENTS);
		if (!component_describe(process, &from, &result->component[i]))
			return sg_fail(err, "the name of a component is too long");
		result->stored[i] = from.stored;
		result->in_place[i] = is_in_place(run, process, &from,
						  &result->component[i]);
	}
	result->n_components = i;
	return 0;
}

/* It had the bytes, but perhaps not from this manifest. */
static bool is_of(const struct procedure_result *result, const char *manifest)
{
	size_t i;

	for (i = 0; i < result->n_components; i++)
		if (result->in_place[i] &&
		    !strcmp(result->component[i].manifest, manifest))
			return true;
	return false;
}

/* The gate has all manifests before the bytes change beneath it. */
static int tell_gate(const struct procedure_run *run,
		     const struct sg_process *process, struct sg_error *err)
{
	char digest[2 * SG_GATE_MAX_DIGEST + 1];
	struct sg_process_manifest is;
	size_t i;

	for (i = 0; sg_process_get_manifest(process, i, &is); i++) {
		sg_gate_hex(is.digest.value, is.digest.len, digest);
		if (!is.gated && !is_of(run->result, digest))
			continue;
		if (kept_write(run->config, digest, &is.envelope, err) < 0 ||
		    gate_link_load(&is.envelope, err) < 0)
			return -1;
	}
	return 0;
}

static int advance(const struct procedure_run *run, struct sg_process *process,
		   struct sg_error *err)
{
	struct procedure_result *result = run->result;
	enum procedure_step step = run->request->step;
	int ret;

	if (step != PROCEDURE_EXAMINE) {
		ret = sg_process_run(process, err);
		if (ret == SG_PROCESS_WAITING)
			return sg_fail(err, "the manifest waits for a time or an event that is not here yet: it is tried again when its source is looked at again");
		if (ret < 0)
			return -1;
	}
	if (take_manifests(process, result, err) < 0 ||
	    take_components(run, process, err) < 0)
		return -1;
	if (step != PROCEDURE_COMMIT)
		return 0;
	if (tell_gate(run, process, err) < 0)
		return -1;
	return sg_process_commit(process, err) < 0 ? -1 : 0;
}

static void take_report(const struct procedure_run *run,
			const struct sg_buf *report)
{
	struct sg_buf is;
	struct sg_error err;

	if (device_key_report(run->config, &run->setup->device, report, &is,
			      &err) < 0) {
		daemon_log(LOG_WARNING, "there is no report: %s", err.message);
		return;
	}
	if (is.len <= PROCEDURE_REPORT) {
		memcpy(run->result->report, is.data, is.len);
		run->result->n_report = is.len;
	}
	sg_buf_free(&is);
}

/* Of everything that came to an end. */
static void report(const struct procedure_run *run,
		   const struct sg_process_request *request,
		   const struct sg_process *process, const char *code)
{
	const struct sg_report_wish wish = { .n_nonce = 0 };
	struct sg_error ignored;
	struct sg_buf out;
	int ret;

	ret = process ? sg_process_report(process, &wish, &out, &ignored) :
			sg_process_report_refusal(request, code, &wish, &out,
						  &ignored);
	if (ret < 0)
		return;
	take_report(run, &out);
	sg_buf_free(&out);
}

static int fail(const struct procedure_run *run, const struct sg_error *err)
{
	struct procedure_result *result = run->result;

	result->refused = err->refused;
	snprintf(result->code, sizeof(result->code), "%s",
		 err->code ? err->code : "");
	snprintf(result->message, sizeof(result->message), "%s", err->message);
	return 1;
}

int procedure_run(void *argument)
{
	const struct procedure_run *run = argument;
	struct fetcher fetcher = {
		.config = run->config, .base = run->request->base,
	};
	struct sg_fetcher plug;
	const struct sg_process_request request = {
		.device = &run->setup->device,
		.envelope = *run->request->envelope,
		.trust = run->setup->trust, .n_trust = run->setup->n_trust,
		.procedure = SG_PROCEDURE_UPDATE,
		.look = run->request->step == PROCEDURE_EXAMINE,
		.local_dir = run->request->directory, .fetcher = &plug,
		.progress = on_progress, .context = argument,
	};
	struct sg_process *process = NULL;
	struct sg_error err = { 0 };
	int ret;

	fetcher_plug(&fetcher, &plug);
	ret = sg_process_open(&request, &process, &err);
	if (!ret)
		ret = advance(run, process, &err);
	run->result->again = fetcher.changed;
	if (ret < 0 || run->request->step == PROCEDURE_COMMIT)
		report(run, &request, process, err.code ? err.code : "ok");
	sg_process_close(process);
	return ret < 0 ? fail(run, &err) : 0;
}
