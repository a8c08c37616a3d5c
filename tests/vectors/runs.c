// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * runs.json: a vector, a device, a procedure, and what comes of it.
 */
#include <string.h>

#include "check.h"
#include "device.h"
#include "procedure.h"
#include "tap.h"

/* Where another outcome is right, and why. */
static const struct {
	const char *vector, *label;	/* @label NULL: any */
	enum suit_error error;
	const char *why;
} others[] = {
	{ "teep/update.manifest0", NULL, SUIT_ERR_MANIFEST_EPOCH,
	  "a manifest that would do nothing where it says install" },
	{ "derived/severed-text-tampered", NULL, SUIT_ERR_SEVERED_DIGEST,
	  "nothing that was tampered with is processed" },
};

static bool same(const char *a, const char *b)
{
	return a && b && !strcmp(a, b);
}

static void add_trusted(struct keyring *ring, sd_json_variant *names)
{
	size_t i;

	for (i = 0; i < sd_json_variant_elements(names); i++)
		keyring_add(ring, sd_json_variant_string(
				    sd_json_variant_by_index(names, i)));
}

/* Has this error the class that the run expects? */
static void check_outcome(sd_json_variant *run, struct device *device,
			  enum suit_error error)
{
	sd_json_variant *expect = json_get(run, "expect");
	const char *vector = json_text(run, "vector");
	const char *label = json_text(run, "label");
	s64 reason = sd_json_variant_integer(json_get(expect, "reason"));
	size_t i;

	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		if (!same(others[i].vector, vector) ||
		    (others[i].label && !same(others[i].label, label)))
			continue;
		tap_check(error == others[i].error, "%s, not %s: %s",
			  suit_error_name(error),
			  suit_error_name(others[i].error), others[i].why);
		return;
	}
	tap_check(suit_error_reason(error) == reason &&
		  (error == SUIT_OK) == same(json_text(expect, "result"),
					     "success"),
		  "%s (reason %d), not %s (reason %d)",
		  suit_error_name(error), suit_error_reason(error),
		  json_text(expect, "result"), (int)reason);
	device_check_storage(device, json_get(expect, "storage"));
	device_check_invoked(device, json_get(expect, "invoked"));
}

static void check_run(const struct vector *v, sd_json_variant *run)
{
	sd_json_variant *described = json_get(run, "device");
	const char *procedure = json_text(run, "procedure");
	struct keyring ring = { 0 };
	struct device device;

	tap_begin("%s: %s: %s", v->id, procedure, json_text(run, "label"));
	add_trusted(&ring, json_get(described, "trusted_keys"));
	device_init(&device, described);
	check_outcome(run, &device,
		      procedure_run(v->bytes, procedure, &ring, &device));
	tap_end();
	device_free(&device);
	keyring_free(&ring);
}

/* An allowance the standards make and this processor does not. */
static bool lenient(sd_json_variant *run)
{
	const char *mode = json_text(json_get(run, "device"), "mode");

	return mode && !strncmp(mode, "lenient", 7);
}

void check_runs(const struct vector *all, size_t n)
{
	sd_json_variant *file = read_json("runs.json");
	sd_json_variant *runs = json_get(file, "runs"), *run;
	size_t i;

	for (i = 0; i < sd_json_variant_elements(runs); i++) {
		run = sd_json_variant_by_index(runs, i);
		if (!lenient(run))
			check_run(vectors_find(all, n,
					       json_text(run, "vector")),
				  run);
	}
	sd_json_variant_unref(file);
}
