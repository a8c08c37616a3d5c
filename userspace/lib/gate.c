// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * /dev/suitgate: every call of the device, and the decision records it hands
 * out. Nothing else in the library knows the kernel's structures.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "component_text.h"
#include "core/suit.h"
#include "gate_seam.h"
#include "suitgate/gate.h"
#include "uapi/suitgate.h"

_Static_assert((int)SG_MODE_SETUP == SUITGATE_MODE_SETUP &&
	       (int)SG_MODE_AUDIT == SUITGATE_MODE_AUDIT &&
	       (int)SG_MODE_ENFORCE == SUITGATE_MODE_ENFORCE, "modes");
_Static_assert((int)SG_IDENTITY_VENDOR == SUITGATE_IDENTITY_VENDOR &&
	       (int)SG_IDENTITY_CLASS == SUITGATE_IDENTITY_CLASS &&
	       (int)SG_IDENTITY_DEVICE == SUITGATE_IDENTITY_DEVICE &&
	       (int)SG_IDENTITY_SLOT == SUITGATE_IDENTITY_SLOT, "identities");
_Static_assert((int)SG_GATE_MAX_DIGEST == SUITGATE_MAX_DIGEST &&
	       (int)SG_GATE_MAX_ID == SUITGATE_MAX_ID &&
	       (int)SG_GATE_MAX_AUTHORITY == SUITGATE_MAX_AUTHORITY &&
	       (int)SG_GATE_MAX_NAME == SUITGATE_MAX_NAME, "sizes");

static int device_call(int fd, unsigned long request, void *arg)
{
	return ioctl(fd, request, arg);
}

/* What an errno of the device means where no verifier's error came with it. */
static const char *why(int error)
{
	switch (error) {
	case EPERM:
		return "not permitted: needs CAP_MAC_ADMIN on the host, and "
		       "some things are frozen once the gate is sealed";
	case ENOENT:
	case ENXIO:
	case ENODEV:
		return "the gate does not have it";
	case ENOTTY:
	case E2BIG:
		return "the module is of another version than this program";
	default:
		return strerror(error);
	}
}

static int failed(struct sg_error *err, const char *what)
{
	return sg_fail(err, "%s: %s", what, why(errno));
}

/* A call that reports a verifier's error: a refusal when there is one. */
static int outcome(struct sg_error *err, const char *what, uint32_t error)
{
	if (error == SUIT_OK)
		return failed(err, what);
	return sg_refuse(err, (int)error, "%s", what);
}

/* A digest for the kernel; @out has SUITGATE_MAX_DIGEST bytes. */
static int digest_to(uint8_t *out, const struct sg_gate_digest *digest,
		     struct sg_error *err)
{
	if (!digest->len || digest->len != suit_digest_size(digest->alg))
		return sg_fail(err, "not a digest of a manifest");
	memcpy(out, digest->value, digest->len);
	return 0;
}

int sg_gate_open(struct sg_gate **out, struct sg_error *err)
{
	struct sg_gate *gate;
	struct stat st;

	*out = NULL;
	gate = calloc(1, sizeof(*gate));
	if (!gate)
		return sg_fail(err, "out of memory");
	gate->call = device_call;
	gate->read = read;
	gate->fd = open(SUITGATE_DEVICE, O_RDWR | O_CLOEXEC | O_NONBLOCK);
	if (gate->fd < 0) {
		int saved = errno;

		free(gate);
		if (saved == ENOENT || saved == ENXIO || saved == ENODEV)
			return sg_fail(err, "no " SUITGATE_DEVICE ": the module is not loaded (modprobe suitgate)");
		if (saved == EPERM || saved == EACCES)
			return sg_fail(err, SUITGATE_DEVICE ": needs CAP_MAC_ADMIN on the host: run as root, outside of containers");
		return sg_fail(err, SUITGATE_DEVICE ": %s", strerror(saved));
	}
	if (fstat(gate->fd, &st) < 0 || !S_ISCHR(st.st_mode)) {
		sg_gate_close(gate);
		return sg_fail(err, SUITGATE_DEVICE " is not a device node");
	}
	*out = gate;
	return 0;
}

void sg_gate_close(struct sg_gate *gate)
{
	if (!gate)
		return;
	if (gate->fd >= 0)
		close(gate->fd);
	free(gate);
}

bool sg_gate_present(void)
{
	return access(SUITGATE_DEVICE, F_OK) == 0;
}

int sg_gate_fd(const struct sg_gate *gate)
{
	return gate->fd;
}

int sg_gate_get_info(struct sg_gate *gate, struct sg_gate_info *out,
		     struct sg_error *err)
{
	static const uint8_t none[sizeof(((struct suitgate_info *)0)->build_id)];
	struct suitgate_info info = { .size = sizeof(info) };

	memset(out, 0, sizeof(*out));
	if (gate->call(gate->fd, SUITGATE_IOC_INFO, &info) < 0)
		return failed(err, "asking the gate for its state");
	if (info.abi != SUITGATE_ABI)
		return sg_fail(err, "the module speaks interface %u, this program %u: install both from one release",
			       info.abi, SUITGATE_ABI);
	*out = (struct sg_gate_info){
		.abi = info.abi,
		.mode = info.mode,
		.sealed = info.state & SUITGATE_SEALED,
		.break_glass = info.state & SUITGATE_BREAK_GLASS,
		.gated_since = info.gated_since,
		.sealed_since = info.sealed_since,
		.trust_sequence = info.trust_sequence,
		.authorities = info.authorities,
		.keys = info.keys,
		.manifests = info.manifests,
		.sidecars = info.sidecars,
		.floors = info.floors,
		.delivered = info.delivered,
		.refused = info.refused,
		.audited = info.audited,
	};
	if (memcmp(info.build_id, none, sizeof(none)))
		sg_gate_hex(info.build_id, sizeof(info.build_id),
			    out->build_id);
	return 0;
}

/* A digest from the kernel: its length follows from its algorithm. */
static void digest_from(struct sg_gate_digest *out, int32_t alg,
			const uint8_t value[SUITGATE_MAX_DIGEST])
{
	*out = (struct sg_gate_digest){ .alg = alg,
					.len = suit_digest_size(alg) };
	memcpy(out->value, value, out->len);
}

int sg_gate_load(struct sg_gate *gate, const struct sg_buf *envelope,
		 struct sg_gate_manifest *out, struct sg_error *err)
{
	struct suitgate_load load = {
		.size = sizeof(load),
		.data = (uintptr_t)envelope->data,
		.len = envelope->len,
	};

	memset(out, 0, sizeof(*out));
	if (gate->call(gate->fd, SUITGATE_IOC_LOAD, &load) < 0)
		return outcome(err, "the gate refused the manifest",
			       load.error);
	out->sequence_number = load.sequence_number;
	out->components = load.components;
	digest_from(&out->digest, load.digest_alg, load.digest);
	return 0;
}

int sg_gate_check(struct sg_gate *gate, const struct sg_gate_question *what,
		  struct sg_error *err)
{
	struct suitgate_check check = {
		.size = sizeof(check),
		.envelope = (uintptr_t)what->envelope.data,
		.envelope_len = what->envelope.len,
	};
	uint8_t id[SUITGATE_MAX_ID];
	size_t len;

	if (what->component) {
		if (sg_component_parse(what->component, id, sizeof(id), &len,
				       err) < 0)
			return -1;
		check.component = (uintptr_t)id;
		check.component_len = (uint32_t)len;
		check.payload = (uintptr_t)what->payload.data;
		check.payload_len = what->payload.len;
	}
	if (gate->call(gate->fd, SUITGATE_IOC_CHECK, &check) < 0)
		return outcome(err, "the gate would refuse", check.error);
	return 0;
}

int sg_gate_trust(struct sg_gate *gate, const struct sg_buf *bundle,
		  struct sg_error *err)
{
	struct suitgate_trust trust = {
		.size = sizeof(trust),
		.data = (uintptr_t)bundle->data,
		.len = bundle->len,
	};

	if (gate->call(gate->fd, SUITGATE_IOC_TRUST, &trust) < 0)
		return outcome(err, "the gate refused the trust statement",
			       trust.error);
	return 0;
}

int sg_gate_add_identity(struct sg_gate *gate, unsigned int kind,
			 const uint8_t value[16], struct sg_error *err)
{
	struct suitgate_identity identity = { .size = sizeof(identity),
					      .kind = kind };

	memcpy(identity.value, value, sizeof(identity.value));
	if (gate->call(gate->fd, SUITGATE_IOC_IDENTITY, &identity) < 0)
		return failed(err, "giving the gate its identity");
	return 0;
}

int sg_gate_confirm(struct sg_gate *gate, const struct sg_gate_digest *digest,
		    bool jump, struct sg_error *err)
{
	struct suitgate_confirm confirm = {
		.size = sizeof(confirm),
		.flags = jump ? SUITGATE_CONFIRM_JUMP : 0,
		.digest_alg = digest->alg,
	};

	if (digest_to(confirm.digest, digest, err) < 0)
		return -1;
	if (gate->call(gate->fd, SUITGATE_IOC_CONFIRM, &confirm) < 0)
		return outcome(err, "the gate refused to confirm",
			       confirm.error);
	return 0;
}

int sg_gate_set_mode(struct sg_gate *gate, unsigned int mode,
		     struct sg_error *err)
{
	struct suitgate_set_mode set = { .size = sizeof(set), .mode = mode };

	if (mode == SG_MODE_SEALED)
		return sg_gate_seal(gate, err);
	if (gate->call(gate->fd, SUITGATE_IOC_MODE, &set) < 0)
		return failed(err, "setting the mode");
	return 0;
}

int sg_gate_seal(struct sg_gate *gate, struct sg_error *err)
{
	if (gate->call(gate->fd, SUITGATE_IOC_SEAL, NULL) < 0)
		return failed(err, "sealing the gate");
	return 0;
}

int sg_gate_unload(struct sg_gate *gate, const struct sg_gate_digest *digest,
		   struct sg_error *err)
{
	struct suitgate_unload unload = { .size = sizeof(unload),
					  .digest_alg = digest->alg };

	if (digest_to(unload.digest, digest, err) < 0)
		return -1;
	if (gate->call(gate->fd, SUITGATE_IOC_UNLOAD, &unload) < 0)
		return failed(err, "unloading the manifest");
	return 0;
}

int sg_gate_set_floor(struct sg_gate *gate, const struct sg_gate_floor *floor,
		      struct sg_error *err)
{
	struct suitgate_floor set = {
		.size = sizeof(set),
		.sequence_number = floor->sequence_number,
		.digest_alg = floor->digest.alg,
		.authority_len = (uint32_t)strnlen(floor->authority,
						   sizeof(floor->authority)),
		.id_len = (uint32_t)floor->id_len,
	};

	if (set.authority_len > sizeof(set.authority) ||
	    floor->id_len > sizeof(set.id))
		return sg_fail(err, "not a floor");
	if (digest_to(set.digest, &floor->digest, err) < 0)
		return -1;
	memcpy(set.authority, floor->authority, set.authority_len);
	memcpy(set.id, floor->id, floor->id_len);
	if (gate->call(gate->fd, SUITGATE_IOC_FLOOR_SET, &set) < 0)
		return failed(err, "restoring a floor");
	return 0;
}

int sg_gate_get_floor(struct sg_gate *gate, uint32_t index,
		      struct sg_gate_floor *out, struct sg_error *err)
{
	struct suitgate_floor floor = { .size = sizeof(floor), .index = index };

	memset(out, 0, sizeof(*out));
	if (gate->call(gate->fd, SUITGATE_IOC_FLOOR_GET, &floor) < 0) {
		if (errno == ENOENT)
			return 0;
		return failed(err, "asking the gate for its floors");
	}
	if (floor.authority_len > sizeof(floor.authority) ||
	    floor.id_len > sizeof(floor.id))
		return sg_fail(err, "the gate gave a floor that makes no sense");
	out->sequence_number = floor.sequence_number;
	digest_from(&out->digest, floor.digest_alg, floor.digest);
	memcpy(out->authority, floor.authority, floor.authority_len);
	memcpy(out->id, floor.id, floor.id_len);
	out->id_len = floor.id_len;
	return 1;
}
