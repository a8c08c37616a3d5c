// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "cbor.h"
#include "cose.h"

/* What a COSE algorithm demands of its key (RFC 9053, 9864, 8778, 9964). */
struct key_rule {
	s32 alg;
	u8 kty;
	u8 crv;			/* 0: the key type has no curve */
	u16 x_len;
	u16 y_len;
	u16 sig_len;		/* 0: depends on the key */
};

static const struct key_rule rules[] = {
	{ SUIT_ALG_ES256, SUIT_KTY_EC2, SUIT_CRV_P256, 32, 32, 64 },
	{ SUIT_ALG_ESP256, SUIT_KTY_EC2, SUIT_CRV_P256, 32, 32, 64 },
	{ SUIT_ALG_ES384, SUIT_KTY_EC2, SUIT_CRV_P384, 48, 48, 96 },
	{ SUIT_ALG_ESP384, SUIT_KTY_EC2, SUIT_CRV_P384, 48, 48, 96 },
	{ SUIT_ALG_EDDSA, SUIT_KTY_OKP, SUIT_CRV_ED25519, 32, 0, 64 },
	{ SUIT_ALG_ED25519, SUIT_KTY_OKP, SUIT_CRV_ED25519, 32, 0, 64 },
	{ SUIT_ALG_HSS_LMS, SUIT_KTY_HSS_LMS, 0, 60, 0, 0 },
	{ SUIT_ALG_ML_DSA_44, SUIT_KTY_AKP, 0, 1312, 0, 2420 },
	{ SUIT_ALG_ML_DSA_65, SUIT_KTY_AKP, 0, 1952, 0, 3309 },
	{ SUIT_ALG_ML_DSA_87, SUIT_KTY_AKP, 0, 2592, 0, 4627 },
	{ SUIT_ALG_HMAC256, SUIT_KTY_SYMMETRIC, 0, 32, 0, 32 },
};

static const struct key_rule *rule_for(s64 alg)
{
	size_t i;

	for (i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		if (rules[i].alg == alg)
			return &rules[i];
	return NULL;
}

size_t suit_cose_signature_size(s32 alg)
{
	const struct key_rule *rule = rule_for(alg);

	return rule ? rule->sig_len : 0;
}

bool suit_cose_alg_known(s64 alg)
{
	return rule_for(alg);
}

bool suit_cose_alg_mac(s64 alg)
{
	return alg == SUIT_ALG_HMAC256;
}

bool suit_cose_alg_label(u32 row, s64 *alg)
{
	if (row >= sizeof(rules) / sizeof(rules[0]))
		return false;
	*alg = rules[row].alg;
	return true;
}

/* Members of a COSE_Key as they come. */
struct members {
	s64 kty, alg, crv;
	bool has_ops, may_verify, may_verify_mac;
	bool private, unknown;
};

static void read_ops(struct suit_cursor *cur, struct members *got)
{
	u32 n = suit_cbor_array(cur);

	s64 op;

	got->has_ops = true;
	while (n--) {
		if (suit_cbor_peek(cur) == SUIT_CBOR_TSTR) {
			suit_cbor_tstr(cur);
			continue;
		}
		op = suit_cbor_int(cur);
		got->may_verify |= op == SUIT_KEY_OP_VERIFY;
		got->may_verify_mac |= op == SUIT_KEY_OP_MAC_VERIFY;
	}
}

static bool ops_refused(const struct members *got)
{
	return got->has_ops && !(suit_cose_alg_mac(got->alg) ?
					 got->may_verify_mac : got->may_verify);
}

/* -1 is the curve of EC2 and OKP, else the key; of a symmetric key all of it. */
static void read_crv(struct suit_cursor *cur, struct members *got,
		     struct suit_key *key)
{
	if (suit_cbor_peek(cur) == SUIT_CBOR_BSTR)
		key->x = suit_cbor_bstr(cur);
	else
		got->crv = suit_cbor_int(cur);
}

/* -2 is x of EC2 and OKP, the private key of AKP. */
static void read_x(struct suit_cursor *cur, struct members *got,
		   struct suit_key *key)
{
	struct suit_slice x = suit_cbor_bstr(cur);

	if (got->kty == SUIT_KTY_EC2 || got->kty == SUIT_KTY_OKP)
		key->x = x;
	else
		got->private = true;
}

static void read_member(struct suit_cursor *cur, s64 label,
			struct members *got, struct suit_key *key)
{
	switch (label) {
	case SUIT_KEY_KTY:
		got->kty = suit_cbor_int(cur);
		break;
	case SUIT_KEY_KID:
		key->kid = suit_cbor_bstr(cur);
		break;
	case SUIT_KEY_ALG:
		got->alg = suit_cbor_int(cur);
		break;
	case SUIT_KEY_OPS:
		read_ops(cur, got);
		break;
	case SUIT_KEY_CRV:
		read_crv(cur, got, key);
		break;
	case SUIT_KEY_X:
		read_x(cur, got, key);
		break;
	case SUIT_KEY_Y:
		key->y = suit_cbor_bstr(cur);
		break;
	case SUIT_KEY_D:
		suit_cbor_item(cur);
		got->private = true;
		break;
	default:
		suit_cbor_item(cur);
		got->unknown = true;
	}
}

static enum suit_error check_members(const struct members *got,
				     struct suit_key *key)
{
	const struct key_rule *rule = rule_for(got->alg);

	if (got->private || got->unknown || !got->alg)
		return SUIT_ERR_KEY_FORM;
	if (!rule || rule->kty != got->kty || rule->crv != got->crv)
		return SUIT_ERR_KEY_TYPE;
	if (ops_refused(got) || key->x.len != rule->x_len ||
	    key->y.len != rule->y_len || (key->y.ptr && !rule->y_len))
		return SUIT_ERR_KEY_FORM;
	key->alg = rule->alg;
	key->crv = rule->crv;
	return SUIT_OK;
}

enum suit_error suit_cose_key_decode(struct suit_slice bytes,
				     struct suit_key *out)
{
	struct suit_cbor_key order = { 0 };
	struct members got = { 0 };
	struct suit_cursor cur;
	enum suit_error error;
	u32 n;

	memset(out, 0, sizeof(*out));
	suit_cursor_init(&cur, bytes);
	n = suit_cbor_map(&cur);
	while (n-- && cur.error == SUIT_OK)
		read_member(&cur, suit_cbor_key_int(&cur, &order), &got, out);
	error = suit_cursor_end(&cur);
	if (error == SUIT_ERR_TYPE)
		return SUIT_ERR_KEY_FORM;
	if (error != SUIT_OK)
		return error;
	out->form = SUIT_KEY_COSE;
	out->bytes = bytes;
	return check_members(&got, out);
}

/* Required members only, in deterministic order (RFC 9679 section 4). */
enum suit_error suit_cose_key_thumbprint(const struct suit_key *key,
					 const struct suit_crypto *crypto,
					 u8 *out)
{
	const struct key_rule *rule = rule_for(key->alg);
	u8 head[16], y_head[4];
	struct suit_slice part[4] = {
		{ head, 0 }, key->x, { y_head, 0 }, key->y
	};
	size_t n = 0;

	if (key->form == SUIT_KEY_X509)
		return crypto->ops->digest(crypto->ctx, SUIT_ALG_SHA256,
					   &key->bytes, 1, out);
	if (!rule)
		return SUIT_ERR_KEY_TYPE;
	head[n++] = (u8)(0xa2 + !!rule->crv + !!rule->y_len +
			 (rule->kty == SUIT_KTY_AKP));
	head[n++] = 1;
	head[n++] = rule->kty;
	if (rule->kty == SUIT_KTY_AKP) {
		head[n++] = 3;
		head[n++] = 0x38;
		head[n++] = (u8)(-1 - rule->alg);
	}
	head[n++] = 0x20;
	if (rule->crv) {
		head[n++] = rule->crv;
		head[n++] = 0x21;
	}
	if (rule->x_len > 0xff) {
		head[n++] = 0x59;
		head[n++] = (u8)(rule->x_len >> 8);
	} else {
		head[n++] = 0x58;
	}
	head[n++] = (u8)rule->x_len;
	part[0].len = n;
	if (!rule->y_len)
		return crypto->ops->digest(crypto->ctx, SUIT_ALG_SHA256, part,
					   2, out);
	y_head[0] = 0x22;
	y_head[1] = 0x58;
	y_head[2] = (u8)rule->y_len;
	part[2].len = 3;
	return crypto->ops->digest(crypto->ctx, SUIT_ALG_SHA256, part, 4, out);
}
