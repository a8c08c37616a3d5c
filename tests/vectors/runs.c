// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * runs.json: a vector, a device, a procedure, and what comes of it.
 */
#include <string.h>

#include "check.h"
#include "crypto.h"
#include "device.h"
#include "tap.h"

enum { MAX_PARAMS = 64, MAX_NODES = 8 };

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

/* [ component, arguments or null ], in order */
static void check_invoked(const struct device *d, sd_json_variant *want)
{
	size_t n = sd_json_variant_elements(want), i;

	tap_check(d->n_invoked == n, "%zu were invoked", d->n_invoked);
	for (i = 0; i < n && i < d->n_invoked; i++) {
		sd_json_variant *one = sd_json_variant_by_index(want, i);
		sd_json_variant *args = sd_json_variant_by_index(one, 1);
		const struct invoked *got = &d->invoked[i];

		tap_check(same(got->name, sd_json_variant_string(
				       sd_json_variant_by_index(one, 0))) &&
			  got->has_arguments ==
			  !sd_json_variant_is_null(args) &&
			  (!got->has_arguments ||
			   same(got->arguments, sd_json_variant_string(args))),
			  "%s was invoked (%s)", got->name, got->arguments);
	}
}

/* Has this error the class that the run expects? */
static void check_outcome(sd_json_variant *described, struct device *device,
			  enum suit_error error)
{
	sd_json_variant *expect = json_get(described, "expect");
	const char *vector = json_text(described, "vector");
	const char *label = json_text(described, "label");
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
	check_invoked(device, json_get(expect, "invoked"));
}

/* Ids of all components of all vectors: the prefixes of everybody. */
static struct {
	u8 bytes[4096];
	size_t len;
	u32 n;
} ids = { .len = 2 };

static void add_id(struct suit_slice id)
{
	if (ids.len + id.len > sizeof(ids.bytes))
		die("too many components");
	if (!id.len)
		return;
	memcpy(ids.bytes + ids.len, id.ptr, id.len);
	ids.len += id.len;
	ids.n++;
}

static void add_ids(const struct vector *v)
{
	struct suit_envelope env;
	struct suit_manifest m;
	struct suit_slice id;
	u32 i;

	if (strcmp(v->kind, "suit-envelope") ||
	    suit_envelope_open(&env, v->bytes) != SUIT_OK ||
	    suit_manifest_peek(&m, &env) != SUIT_OK)
		return;
	add_id(m.component_id);
	for (i = 0; i < m.n_components + m.n_beside; i++)
		if (suit_manifest_component(&m, suit_manifest_index(&m, i),
					    &id) == SUIT_OK)
			add_id(id);
}

/* An array of them, whose head has two bytes. */
static struct suit_slice prefixes(const struct vector *all, size_t n)
{
	struct suit_slice out = { ids.bytes, 0 };
	size_t i;

	for (i = 0; i < n; i++)
		add_ids(&all[i]);
	if (ids.n < 24 || ids.n > 0xff)
		die("an array of %u has another head", ids.n);
	ids.bytes[0] = 0x98;
	ids.bytes[1] = (u8)ids.n;
	out.len = ids.len;
	return out;
}

static enum suit_error run(struct suit_slice envelope, const char *procedure,
			   const struct suit_trust *trust, struct device *d)
{
	static struct suit_params params[MAX_PARAMS];
	static struct suit_node nodes[MAX_NODES];
	static struct suit_process process;
	const struct suit_setup setup = {
		.envelope = envelope,
		.trust = trust,
		.crypto = sg_crypto(),
		.platform = { &device_ops, d },
		.node = nodes,
		.max_nodes = MAX_NODES,
		.params = params,
		.max_params = MAX_PARAMS,
	};
	enum suit_error error;

	error = suit_procedure_start(&process, &setup,
				     same(procedure, "update") ?
					     SUIT_PROCEDURE_UPDATE :
				     same(procedure, "invoke") ?
					     SUIT_PROCEDURE_INVOCATION :
					     SUIT_PROCEDURE_VALIDATION);
	return error == SUIT_OK ? suit_procedure_run(&process) : error;
}

static void check_run(const struct vector *v, sd_json_variant *described,
		      struct suit_slice entitled)
{
	const char *procedure = json_text(described, "procedure");
	sd_json_variant *on = json_get(described, "device");
	struct keyring ring = { 0 };
	struct device device;
	enum suit_error error;
	u32 i;

	tap_begin("%s: %s: %s", v->id, procedure,
		  json_text(described, "label"));
	add_trusted(&ring, json_get(on, "trusted_keys"));
	for (i = 0; i < ring.trust.n_authorities; i++)
		ring.authority[i].prefixes = entitled;
	device_init(&device, on);
	error = run(v->bytes, procedure, &ring.trust, &device);
	check_outcome(described, &device, error);
	tap_end();
	device_free(&device);
	keyring_free(&ring);
}

/* An allowance the standards make and this processor does not. */
static bool lenient(sd_json_variant *one)
{
	const char *mode = json_text(json_get(one, "device"), "mode");

	return mode && !strncmp(mode, "lenient", 7);
}

void check_runs(const struct vector *all, size_t n)
{
	sd_json_variant *file = read_json("runs.json");
	sd_json_variant *runs = json_get(file, "runs"), *one;
	struct suit_slice entitled = prefixes(all, n);
	size_t i;

	for (i = 0; i < sd_json_variant_elements(runs); i++) {
		one = sd_json_variant_by_index(runs, i);
		if (!lenient(one))
			check_run(vectors_find(all, n,
					       json_text(one, "vector")),
				  one, entitled);
	}
	sd_json_variant_unref(file);
}
