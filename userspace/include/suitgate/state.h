/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The state of a gate in one piece: trust, identity, floors, manifests and
 * mode, in the order in which they are applied. A file of it in the initramfs
 * sets the gate up before the first driver asks for firmware.
 *
 *   state    = [ 1, [ * item ] ]
 *   item     = [ kind uint, bstr ]
 *   kind 1   trust bundle
 *   kind 2   identity: bstr .cbor [ 1 vendor / 2 class / 3 device / 4 slot,
 *                                   bstr .size 16 ]
 *   kind 3   floor: bstr .cbor [ authority tstr, component-id,
 *                                sequence-number uint, SUIT_Digest ]
 *   kind 4   manifest: a SUIT envelope
 *   kind 5   mode: bstr .cbor (1 setup / 2 audit / 3 enforce / 4 sealed)
 */
#ifndef SUITGATE_STATE_H
#define SUITGATE_STATE_H

#include "suitgate/gate.h"
#include "suitgate/types.h"

#define SG_CONFIG_DIR "/etc/suitgate"
#define SG_STATE_DIR "/var/lib/suitgate"

/* A state file has at most so many bytes and items. */
enum {
	SG_STATE_MAX = 128 << 20,
	SG_STATE_MAX_ITEMS = 65536,
};

enum sg_state_kind {
	SG_STATE_TRUST = 1,
	SG_STATE_IDENTITY = 2,
	SG_STATE_FLOOR = 3,
	SG_STATE_MANIFEST = 4,
	SG_STATE_MODE = 5,
};

/**
 * struct sg_state_item - one item
 * @kind: enum sg_state_kind
 * @bytes: TRUST, MANIFEST: the bundle or envelope
 * @identity: IDENTITY: enum sg_gate_identity
 * @value: IDENTITY
 * @floor: FLOOR
 * @mode: MODE: enum sg_gate_mode
 * @origin: file it came from, for messages; NULL when not known
 */
struct sg_state_item {
	unsigned int kind;
	struct sg_buf bytes;
	unsigned int identity;
	uint8_t value[16];
	struct sg_gate_floor *floor;
	unsigned int mode;
	char *origin;
};

/**
 * struct sg_state - items in the order in which they are applied
 * @item: items
 * @n: how many
 *
 * Freed by sg_state_free(); a zeroed one is empty.
 */
struct sg_state {
	struct sg_state_item *item;
	size_t n;
};

void sg_state_free(struct sg_state *state);

/**
 * sg_state_collect() - everything that is configured on this machine
 * @config: trust.d/, manifests/, identity, mode, device.pub; SG_CONFIG_DIR
 * @var: trust.d/, manifests/, floors.state, floors.signed; SG_STATE_DIR
 * @state: result
 * @err: names the file, and the line in it
 *
 * Return: 0 or -1. What is missing is left out.
 */
int sg_state_collect(const char *config, const char *var,
		     struct sg_state *state, struct sg_error *err);
/* Likewise what manifests are judged by: trust, identity and floors. */
int sg_state_collect_rules(const char *config, const char *var,
			   struct sg_state *state, struct sg_error *err);
/* What sg_state_update() writes, and suitgate-initramfs takes up. */
#define SG_BOOT_STATE SG_STATE_DIR "/boot.state"

/**
 * sg_state_update() - bring a state file up to date
 * @config: as for sg_state_collect()
 * @var: likewise
 * @path: SG_BOOT_STATE
 * @state: what is in it now, to be freed; NULL when nobody wants to know
 * @err: what is wrong with what is configured; the file stays as it was
 *
 * The file is replaced as a whole, and only when its content changes, so that
 * whoever watches it has something to do.
 *
 * Return: 1 when it changed, 0 when it did not, or -1.
 */
int sg_state_update(const char *config, const char *var, const char *path,
		    struct sg_state *state, struct sg_error *err);
/* One more item of @kind at the end, or NULL with @err filled. */
struct sg_state_item *sg_state_append(struct sg_state *state, unsigned int kind,
				      const char *origin,
				      struct sg_error *err);
int sg_state_encode(const struct sg_state *state, struct sg_buf *out,
		    struct sg_error *err);
/* Decode and check; what is inside bundles and envelopes is not looked at. */
int sg_state_decode(const struct sg_buf *bytes, struct sg_state *state,
		    struct sg_error *err);
/*
 * The floors of @from into @to: those it has not, and those that are higher
 * than its own. Other items of @from are left out. 0, or -1 with some of them.
 */
int sg_state_raise_floors(struct sg_state *to, const struct sg_state *from,
			  struct sg_error *err);
/* The floors that are in force now, as items. */
int sg_state_floors(struct sg_gate *gate, struct sg_state *state,
		    struct sg_error *err);

/**
 * struct sg_state_result - how applying a state went
 * @applied: items the gate took, by enum sg_state_kind
 * @refused: items it did not take
 * @skipped: items of a kind that a sealed gate does not take any more
 */
struct sg_state_result {
	unsigned int applied[SG_STATE_MODE + 1];
	unsigned int refused;
	unsigned int skipped;
};

/**
 * sg_state_apply() - give a gate everything in a state
 * @gate: the gate
 * @state: what
 * @refused: told of each item that the gate refused; may be NULL
 * @context: for @refused
 * @result: counts
 * @err: the first refusal
 *
 * An item that is refused does not stop the rest, above all not the mode: a
 * gate with a manifest too few refuses more, not less. A sealed gate gets
 * manifests only.
 *
 * Return: 0 when everything was taken, else -1.
 */
int sg_state_apply(struct sg_gate *gate, const struct sg_state *state,
		   void (*refused)(const struct sg_state_item *item,
				   const struct sg_error *why, void *context),
		   void *context, struct sg_state_result *result,
		   struct sg_error *err);

/* "trust", "identity", "floor", "manifest", "mode"; NULL for another. */
const char *sg_state_kind_name(unsigned int kind);

/**
 * sg_identity_parse() - a line of an identity file
 * @state: gets one item more
 * @key: "vendor", "class", "device" or "slot"
 * @value: UUID, or what a UUID is made from: a vendor's domain (UUIDv5 in the
 *	DNS namespace), a class's name (UUIDv5 in the namespace of the vendor
 *	before it); of a slot a number
 * @err: what is wrong
 *
 * Return: 0 or -1.
 */
int sg_identity_parse(struct sg_state *state, const char *key,
		      const char *value, struct sg_error *err);

/**
 * sg_identity_machine() - the identity of a machine that has none configured
 * @root: of the file system, "" for this machine's
 * @state: gets what is found
 * @err: what went wrong
 *
 * From the device tree, for each string "VENDOR,MODEL" of its "compatible":
 * vendor VENDOR.devicetree.suitgate.invalid, class MODEL. From DMI: vendor
 * VENDOR.dmi.suitgate.invalid, VENDOR being sys_vendor in lower case with a '-'
 * for each run of other characters than letters and digits, class product_name
 * as it is. UUIDs are made of these as of any vendor's domain and class's name,
 * so that "suitctl create --vendor acme-inc.dmi.suitgate.invalid --class X100"
 * addresses it. The device's own UUID is made from the machine-id, which it
 * does not tell.
 *
 * Return: 0, also when nothing is found, or -1.
 */
int sg_identity_machine(const char *root, struct sg_state *state,
			struct sg_error *err);

#endif /* SUITGATE_STATE_H */
