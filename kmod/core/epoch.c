// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "epoch.h"

static const char *const names[SUIT_EPOCH_COUNT] = {
	[SUIT_EPOCH_CURRENT] = "",
	[SUIT_EPOCH_05] = "draft-ietf-suit-manifest-05 or older (2020-06)",
	[SUIT_EPOCH_12] = "draft-ietf-suit-manifest-12 or older (2021-03)",
	[SUIT_EPOCH_16] = "draft-ietf-suit-manifest-16 or older (2022-04)",
	[SUIT_EPOCH_27] = "draft-ietf-suit-manifest-27 or older (2024-11)",
};

const char *suit_epoch_name(enum suit_epoch epoch)
{
	u32 index = (u32)epoch;

	return index < SUIT_EPOCH_COUNT ? names[index] : "";
}

/*
 * Up to -16: 7 dependency-resolution, 8 payload-fetch, 9 install, 10 validate,
 * 11 load, 12 run, 13 text. 7 to 9 mean something else today, so they say
 * nothing. Up to -27: 17 install.
 */
enum suit_epoch suit_epoch_of_member(s64 label)
{
	if (label >= 10 && label <= 13)
		return SUIT_EPOCH_16;
	return label == 17 ? SUIT_EPOCH_27 : SUIT_EPOCH_CURRENT;
}

/* 13 set-dependency-index; 30 run-sequence, 32 from -06 on. */
enum suit_epoch suit_epoch_of_command(s64 code)
{
	if (code == 30)
		return SUIT_EPOCH_05;
	return code == 13 ? SUIT_EPOCH_16 : SUIT_EPOCH_CURRENT;
}

/* 20 unpack-info */
enum suit_epoch suit_epoch_of_parameter(s64 label)
{
	return label == 20 ? SUIT_EPOCH_12 : SUIT_EPOCH_CURRENT;
}

/* SHA-256 had number 2 before it got its number from COSE. */
enum suit_epoch suit_epoch_of_digest(s64 alg)
{
	return alg == 2 ? SUIT_EPOCH_12 : SUIT_EPOCH_CURRENT;
}
