// SPDX-License-Identifier: GPL-2.0-or-later
#include "gadget.h"

#include <stdio.h>
#include <string.h>

#include "crypto.h"
#include "seed.h"

struct gadget gadget;
struct suit_process process;
struct suit_node nodes[GADGET_NODES];

void gadget_reset(void)
{
	gadget = (struct gadget){
		.image = { bytes_of("zero"), bytes_of("one"),
			   bytes_of("two") },
	};
}

static void note(const char *what)
{
	size_t len = strlen(gadget.trace);

	snprintf(gadget.trace + len, sizeof(gadget.trace) - len, "%s%s",
		 len ? " " : "", what);
}

static unsigned int number_of(struct suit_slice id)
{
	struct suit_slice last = suit_component_segment(id, 1);
	unsigned int number = 0;
	size_t i;

	for (i = 0; i < last.len; i++)
		number = 10 * number + last.ptr[i] - '0';
	assert_in_range(number, 0, GADGET_COMPONENTS - 1);
	return number;
}

static struct suit_slice *asked(char what, struct suit_slice id)
{
	unsigned int number = number_of(id);

	note(text("%c%u", what, number));
	return &gadget.image[number];
}

static bool identify(void *ctx, enum suit_identity what, struct suit_slice id,
		     struct suit_slice value)
{
	assert_ptr_equal(ctx, &gadget);
	switch (what) {
	case SUIT_IDENTITY_VENDOR:
		asked('v', id);
		return suit_slice_equal(value, diag("raw%s",
						    GADGET_VENDOR + 1)) ||
		       suit_slice_equal(value, diag("112(h'd86f')"));
	case SUIT_IDENTITY_CLASS:
		asked('c', id);
		return suit_slice_equal(value,
					diag("raw%s", GADGET_CLASS + 1));
	case SUIT_IDENTITY_DEVICE:
		asked('d', id);
		return suit_slice_equal(value,
					diag("raw%s", GADGET_DEVICE + 1));
	}
	return false;
}

static bool in_slot(void *ctx, struct suit_slice id, u64 slot)
{
	(void)ctx;
	asked('s', id);
	return slot == gadget.slot;
}

static enum suit_error image_digest(void *ctx, struct suit_slice id, s32 alg,
				    u8 *out, u64 *size)
{
	const struct suit_crypto *crypto = sg_crypto();
	const struct suit_slice *image = asked('i', id);

	(void)ctx;
	if (gadget.error != SUIT_OK)
		return gadget.error;
	if (!image->ptr)
		return SUIT_ERR_IMAGE;
	*size = image->len;
	return crypto->ops->digest(crypto->ctx, alg, image, 1, out);
}

static enum suit_error image_compare(void *ctx, struct suit_slice id,
				     struct suit_slice content)
{
	const struct suit_slice *image = asked('p', id);

	(void)ctx;
	return image->ptr && suit_slice_equal(*image, content) ?
		       SUIT_OK : SUIT_ERR_CONTENT;
}

static enum suit_error version(void *ctx, struct suit_slice id,
			       struct suit_version *out)
{
	(void)ctx;
	asked('n', id);
	*out = gadget.version;
	return out->n ? SUIT_OK : SUIT_ERR_VERSION;
}

static enum suit_error now(void *ctx, u64 *seconds)
{
	(void)ctx;
	note("t");
	*seconds = gadget.now;
	return gadget.now ? SUIT_OK : SUIT_ERR_EXPIRED;
}

static enum suit_error battery(void *ctx, u64 *mwh)
{
	(void)ctx;
	note("b");
	*mwh = gadget.battery;
	return gadget.battery ? SUIT_OK : SUIT_ERR_BATTERY;
}

static enum suit_error put_off(void)
{
	if (!gadget.pending)
		return SUIT_OK;
	gadget.pending--;
	return SUIT_ERR_PENDING;
}

static enum suit_error authorize(void *ctx, struct suit_slice id, s64 priority)
{
	(void)ctx;
	(void)id;
	note(text("a%d", (int)priority));
	if (put_off() != SUIT_OK)
		return SUIT_ERR_PENDING;
	return priority < 0 ? SUIT_OK : SUIT_ERR_UNAUTHORIZED;
}

static enum suit_error wait(void *ctx, const struct suit_wait *wait)
{
	(void)ctx;
	note("w");
	assert_true(wait->events);
	return gadget.fails != SUIT_OK ? gadget.fails : put_off();
}

/* What a directive is asked to do, and the component it is for. */
static struct suit_slice *effect(char what, const struct suit_effect *e)
{
	gadget.effect = *e;
	assert_non_null(e->manifest);
	assert_non_null(e->authority);
	return asked(what, e->id);
}

static enum suit_error fetch(void *ctx, const struct suit_effect *e)
{
	struct suit_slice *image = effect('F', e);

	(void)ctx;
	if (gadget.fails == SUIT_OK)
		*image = copy_of(e->payload.ptr ? e->payload : e->uri);
	return gadget.fails;
}

static enum suit_error copy(void *ctx, const struct suit_effect *e)
{
	struct suit_slice *image = effect('C', e);

	(void)ctx;
	if (gadget.fails == SUIT_OK)
		*image = gadget.image[number_of(e->source)];
	return gadget.fails;
}

static enum suit_error write(void *ctx, const struct suit_effect *e)
{
	struct suit_slice *image = effect('W', e);

	(void)ctx;
	if (gadget.fails == SUIT_OK)
		*image = copy_of(e->content);
	return gadget.fails;
}

static enum suit_error swap(void *ctx, const struct suit_effect *e)
{
	struct suit_slice *image = effect('S', e), before = *image;

	(void)ctx;
	if (gadget.fails != SUIT_OK)
		return gadget.fails;
	*image = gadget.image[number_of(e->source)];
	gadget.image[number_of(e->source)] = before;
	return SUIT_OK;
}

static enum suit_error invoke(void *ctx, const struct suit_effect *e)
{
	(void)ctx;
	effect('I', e);
	return gadget.fails;
}

static enum suit_error unlink(void *ctx, const struct suit_effect *e, u32 *left)
{
	(void)ctx;
	effect('U', e);
	*left = gadget.references;
	return gadget.fails;
}

static enum suit_error references(void *ctx, const struct suit_effect *e,
				  u32 *count)
{
	(void)ctx;
	(void)e;
	*count = gadget.references;
	return SUIT_OK;
}

static enum suit_error dependency(void *ctx, struct suit_slice id,
				  struct suit_slice *envelope)
{
	(void)ctx;
	*envelope = *asked('D', id);
	return envelope->ptr ? SUIT_OK : SUIT_ERR_IMAGE;
}

static enum suit_error floor_of(void *ctx,
				const struct suit_authority *authority,
				struct suit_slice id, struct suit_floor *out)
{
	(void)ctx;
	(void)id;
	assert_non_null(authority);
	*out = gadget.floor;
	return SUIT_OK;
}

static void record(void *ctx, const struct suit_record *r)
{
	size_t len = strlen(gadget.records);

	(void)ctx;
	snprintf(gadget.records + len, sizeof(gadget.records) - len,
		 "%s%u:%s@%u.%u%s", len ? " " : "", r->command,
		 suit_error_name(r->error), r->section, r->offset,
		 r->sysinfo ? "+" : "");
}

const struct suit_platform_ops gadget_ops = {
	.identify = identify,
	.slot = in_slot,
	.image_digest = image_digest,
	.image_compare = image_compare,
	.version = version,
	.now = now,
	.battery = battery,
	.authorize = authorize,
	.wait = wait,
	.fetch = fetch,
	.copy = copy,
	.write = write,
	.swap = swap,
	.invoke = invoke,
	.unlink = unlink,
	.references = references,
	.dependency = dependency,
	.floor = floor_of,
	.record = record,
};

const struct suit_platform gadget_platform = { &gadget_ops, &gadget };

enum suit_error gadget_start(struct suit_slice envelope,
			     enum suit_procedure procedure,
			     const struct suit_platform_ops *ops)
{
	static struct suit_params params[4 * GADGET_COMPONENTS];
	static struct suit_authority owner;
	static struct suit_trust trust;
	static struct suit_key key;
	struct suit_setup setup = {
		.envelope = envelope,
		.trust = &trust,
		.crypto = toy_crypto(),
		.platform = { ops, &gadget },
		.node = nodes,
		.max_nodes = GADGET_NODES,
		.params = params,
		.max_params = COUNT(params),
	};

	toy_reset();
	key = toy_key(1, SUIT_ALG_ESP256, "");
	owner = (struct suit_authority){
		.role = SUIT_ROLE_VENDOR,
		.threshold = 1,
		.prefixes = diag("[['c']]"),
	};
	trust = (struct suit_trust){
		.authority = &owner, .n_authorities = 1,
		.key = &key, .n_keys = 1,
	};
	seed_write(envelope, procedure, ops);
	return suit_procedure_start(&process, &setup, procedure);
}

enum suit_error gadget_run(struct suit_slice envelope,
			   enum suit_procedure procedure)
{
	enum suit_error error = gadget_start(envelope, procedure, &gadget_ops);

	assert_int_equal(error == SUIT_OK, process.result == SUIT_ERR_PENDING);
	return error == SUIT_OK ? suit_procedure_run(&process) : error;
}

static struct suit_slice envelope_with(const char *shared, const char *section)
{
	const char *common = shared ? text(", 4: <<%s>>", shared) : "";

	return envelope_of(diag("%s", manifest_of(4, common, section)), "");
}

enum suit_error gadget_validate(const char *shared, const char *validate)
{
	gadget_reset();
	return gadget_run(envelope_with(shared, text(", 7: <<%s>>", validate)),
			  SUIT_PROCEDURE_VALIDATION);
}

enum suit_error gadget_install(const char *shared, const char *install)
{
	gadget_reset();
	return gadget_run(envelope_with(shared, text(", 20: <<%s>>", install)),
			  SUIT_PROCEDURE_UPDATE);
}

enum suit_error gadget_decide(const char *shared, const char *validate,
			      u32 index)
{
	struct opened o;

	gadget_reset();
	/* something that has an effect, and that the kernel does not run */
	expect(open_envelope(&o, envelope_with(shared, text(
				", 7: <<%s>>, 24: <<[12, 0, 33, 15]>>",
				validate)),
			     SUIT_PROFILE_KERNEL), SUIT_OK);
	return suit_decide(&process, &o.m, index, &gadget_platform);
}
