// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * io.suitgate.Manager.Verify: would it be installed?
 */
#include <errno.h>
#include <stdlib.h>

#include "manager_read.h"
#include "policy.h"

/* A Verify that waits for its answer. */
struct verify {
	sd_varlink *link;
	struct daemon *daemon;
	struct sg_buf envelope;
};

static void reply_result(sd_varlink *link,
			 const struct procedure_result *result)
{
	const struct procedure_manifest *root = &result->manifest[0];
	char digest[2 * SG_GATE_MAX_DIGEST + 1];
	sd_json_variant *names = NULL;
	size_t i;
	int r = 0;

	sg_gate_hex(root->digest.value, root->digest.len, digest);
	for (i = 0; i < result->n_components && r >= 0; i++)
		r = sd_json_variant_append_arrayb(&names,
			SD_JSON_BUILD_STRING(result->component[i].name));
	if (r >= 0)
		r = sd_varlink_replybo(link,
			SD_JSON_BUILD_PAIR_STRING("authority",
						  root->authority),
			SD_JSON_BUILD_PAIR_UNSIGNED("sequenceNumber",
						    root->sequence_number),
			SD_JSON_BUILD_PAIR_STRING("version", root->version),
			SD_JSON_BUILD_PAIR_STRING("manifest", digest),
			SD_JSON_BUILD_PAIR_VARIANT("components", names));
	manager_answered(link, r);
	sd_json_variant_unref(names);
}

static void on_examined(void *context, const struct sg_error *why,
			const struct procedure_result *result)
{
	struct verify *verify = context;
	struct sg_error err;

	if (why)
		manager_fail_with(verify->link, why);
	else if (policy_check(verify->daemon->store, result, &err) < 0)
		manager_fail_with(verify->link, &err);
	else
		reply_result(verify->link, result);
	sd_varlink_unref(verify->link);
	sg_buf_free(&verify->envelope);
	free(verify);
}

static const sd_json_dispatch_field fd_field[] = {
	{ "fileDescriptor", SD_JSON_VARIANT_UNSIGNED, sd_json_dispatch_uint, 0,
	  SD_JSON_MANDATORY },
	{ 0 }
};

static int start_verify(struct daemon *daemon, sd_varlink *link,
			struct sg_buf *envelope)
{
	struct verify *verify = calloc(1, sizeof(*verify));
	struct procedure_request request = {
		.step = PROCEDURE_EXAMINE, .done = on_examined,
		.context = verify,
	};
	struct sg_error err;

	if (!verify)
		return -ENOMEM;
	*verify = (struct verify){ sd_varlink_ref(link), daemon, *envelope };
	request.envelope = &verify->envelope;
	if (procedure_start(daemon, &request, &err))
		return 0;
	sd_varlink_unref(link);
	sg_buf_free(&verify->envelope);
	free(verify);
	return manager_fail_with(link, &err);
}

MANAGER_METHOD(manager_verify)
{
	struct daemon *daemon = userdata;
	struct sg_buf envelope = { 0 };
	unsigned int index = 0;
	int ret;

	(void)flags;
	ret = sd_varlink_dispatch(link, parameters, fd_field, &index);
	if (ret)
		return ret;
	if (daemon->install)
		return manager_fail(link, "Failed", "an installation is running: try again when it is done");
	if (manager_envelope(daemon, link, index, &envelope) < 0)
		return 0;
	return start_verify(daemon, link, &envelope);
}
