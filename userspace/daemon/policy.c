// SPDX-License-Identifier: GPL-2.0-or-later
#include "policy.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>


static int refuse(struct sg_error *err, const char *code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

static int refuse(struct sg_error *err, const char *code, const char *fmt, ...)
{
	int len = snprintf(err->message, sizeof(err->message), "%s: ", code);
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(err->message + len, sizeof(err->message) - (size_t)len, fmt,
		  ap);
	va_end(ap);
	err->refused = true;
	err->code = code;
	return -1;
}

/* @want against what @has the place now. */
static int check_component(const struct store_component *want,
			   const struct store_component *has,
			   struct sg_error *err)
{
	if (!has->confirmed)
		return refuse(err, "component-on-trial",
			      "%s: version %s is on trial; suitctl confirm or suitctl confirm --cancel first",
			      want->name, has->version);
	if (strcmp(want->authority, has->authority)) {
		if (has->role == SG_ROLE_BASELINE &&
		    want->role == SG_ROLE_VENDOR)
			return 0;
		return refuse(err, "component-owned-by-other-authority",
			      "%s belongs to %s, not to %s", want->name,
			      has->authority, want->authority);
	}
	if (want->sequence_number < has->sequence_number)
		return refuse(err, "sequence-number-below-floor",
			      "%s: sequence number %" PRIu64 ", but %" PRIu64 " is installed",
			      want->name, want->sequence_number,
			      has->sequence_number);
	if (want->sequence_number == has->sequence_number &&
	    strcmp(want->manifest, has->manifest))
		return refuse(err, "sequence-number-reused",
			      "%s: another manifest with sequence number %" PRIu64 " is installed; a new release needs a higher one",
			      want->name, has->sequence_number);
	return 0;
}

int policy_check(struct store *store, const struct procedure_result *result,
		 struct sg_error *err)
{
	struct store_component has;
	size_t i;
	int ret;

	/* floors are the verifier's; the database counts in int64_t */
	for (i = 0; i < result->n_manifests; i++)
		if (result->manifest[i].sequence_number > INT64_MAX)
			return refuse(err, "sequence-number-jump",
				      "sequence number %" PRIu64 " leaves no room for another release",
				      result->manifest[i].sequence_number);
	for (i = 0; i < result->n_components; i++) {
		ret = store_component_get(store, result->component[i].name,
					  &has, err);
		if (ret < 0 || (ret && check_component(&result->component[i],
						       &has, err) < 0))
			return -1;
	}
	return 0;
}
