// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Claims of this device, around a report.
 */
#include <string.h>

#include "cbor_write.h"
#include "eat.h"
#include "report_decode.h"
#include "suitgate/report.h"

static const char name[] = "suitgate";

/* Of the whole device; NULL when it has none of that kind. */
static const uint8_t *identity(const struct sg_eat *eat, unsigned int kind)
{
	const struct sg_device *device = eat->device;
	size_t i;

	for (i = 0; device && i < device->n_identities; i++)
		if (device->identity[i].kind == kind &&
		    !device->identity[i].component)
			return device->identity[i].value;
	return NULL;
}

/* Permanent, says RFC 9711, is what a UEID is: ours may be configured anew. */
static void write_sueids(struct sg_cbor_writer *w, const uint8_t *uuid)
{
	uint8_t id[17] = { SG_EAT_UEID_RAND };

	memcpy(id + 1, uuid, sizeof(id) - 1);
	sg_cbor_write_uint(w, SG_EAT_SUEIDS);
	sg_cbor_write_map(w, 1);
	sg_cbor_write_text(w, name);
	sg_cbor_write_bytes(w, id, sizeof(id));
}

/* Who made it; which model only together with that. How many claims? */
static size_t write_maker(struct sg_cbor_writer *w, const struct sg_eat *eat)
{
	const uint8_t *vendor = identity(eat, SG_IDENTITY_VENDOR);
	const uint8_t *class = identity(eat, SG_IDENTITY_CLASS);
	uint32_t pen = eat->device ? eat->device->pen : 0;

	if (!pen && !vendor)
		return 0;
	sg_cbor_write_uint(w, SG_EAT_OEMID);
	if (pen)
		sg_cbor_write_uint(w, pen);
	else
		sg_cbor_write_bytes(w, vendor, 16);
	if (!class)
		return 1;
	sg_cbor_write_uint(w, SG_EAT_HWMODEL);
	sg_cbor_write_bytes(w, class, 16);
	return 2;
}

/* The module: its build is its version. */
static void write_gate(struct sg_cbor_writer *w,
		       const struct sg_gate_info *gate)
{
	bool built = gate->build_id[0];

	sg_cbor_write_uint(w, SG_EAT_SUBMODS);
	sg_cbor_write_map(w, 1);
	sg_cbor_write_text(w, name);
	sg_cbor_write_map(w, 4 + built);
	sg_cbor_write_uint(w, SG_EAT_SWNAME);
	sg_cbor_write_text(w, name);
	if (built) {
		sg_cbor_write_uint(w, SG_EAT_SWVERSION);
		sg_cbor_write_array(w, 1);
		sg_cbor_write_text(w, gate->build_id);
	}
	sg_cbor_write_int(w, SG_EAT_GATE_MODE);
	sg_cbor_write_uint(w, gate->mode);
	sg_cbor_write_int(w, SG_EAT_GATE_SEALED);
	sg_cbor_write_bool(w, gate->sealed);
	sg_cbor_write_int(w, SG_EAT_GATE_BREAK_GLASS);
	sg_cbor_write_bool(w, gate->break_glass);
}

/* Keys and values in order, without the head. How many? */
static size_t write_claims(struct sg_cbor_writer *w, const struct sg_eat *eat,
			   const struct sg_buf *report)
{
	const uint8_t *device = identity(eat, SG_IDENTITY_DEVICE);
	size_t n = 1 + !!eat->issued + !!eat->nonce + !!device + eat->gated +
		   eat->booted;

	if (eat->issued) {
		sg_cbor_write_uint(w, SG_EAT_IAT);
		sg_cbor_write_uint(w, eat->issued);
	}
	if (eat->nonce) {
		sg_cbor_write_uint(w, SG_EAT_NONCE);
		sg_cbor_write_bytes(w, eat->nonce, eat->n_nonce);
	}
	if (device)
		write_sueids(w, device);
	n += write_maker(w, eat);
	if (eat->gated)
		write_gate(w, &eat->gate);
	if (eat->booted) {
		sg_cbor_write_uint(w, SG_EAT_BOOTSEED);
		sg_cbor_write_bytes(w, eat->boot, sizeof(eat->boot));
	}
	sg_cbor_write_uint(w, SG_EAT_MEASUREMENTS);
	sg_cbor_write_array(w, 1);
	sg_cbor_write_array(w, 2);
	sg_cbor_write_uint(w, SG_EAT_CBOR);
	sg_cbor_write_bytes(w, report->data, report->len);
	return n;
}

int sg_eat_encode(const struct sg_buf *report, const struct sg_eat *eat,
		  struct sg_buf *out, struct sg_error *err)
{
	struct sg_cbor_writer claims = { 0 }, w = { 0 };
	struct sg_report_view view;
	struct sg_buf pairs;
	const char *code;
	size_t n;

	*out = (struct sg_buf){ 0 };
	code = sg_report_decode((struct suit_slice){ report->data,
						     report->len }, &view);
	if (code)
		return sg_report_refuse(err, code);
	if (eat->nonce && (eat->n_nonce < SG_EAT_MIN_NONCE ||
			   eat->n_nonce > SG_EAT_MAX_NONCE))
		return sg_fail(err, "the nonce of a token has %d to %d bytes, not %zu",
			       SG_EAT_MIN_NONCE, SG_EAT_MAX_NONCE,
			       eat->n_nonce);
	n = write_claims(&claims, eat, report);
	if (sg_cbor_write_end(&claims, &pairs, err) < 0)
		return -1;
	sg_cbor_write_map(&w, n);
	sg_cbor_write_raw(&w, pairs.data, pairs.len);
	sg_buf_free(&pairs);
	return sg_cbor_write_end(&w, out, err);
}
