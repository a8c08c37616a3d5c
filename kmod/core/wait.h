/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * What suit-directive-wait waits for (update management 4.5).
 */
#ifndef SUIT_WAIT_H
#define SUIT_WAIT_H

#include "version.h"

/**
 * struct suit_wait - decoded wait-info; all events must hold at once
 * @events: bit per enum suit_wait_label that is waited for
 * @authorization: priority the update has; smaller is more urgent
 * @power: power state, as the deployment numbers them
 * @network: network state, likewise
 * @device: id of another device, as the deployment names them
 * @device_versions: encoded array of matches its version must satisfy, see
 *	suit_version_matches_all()
 * @time: not before this time, seconds since 1970-01-01 UTC
 * @time_of_day: local time, seconds since midnight
 * @day_of_week: local, days since Sunday
 * @time_of_day_utc: as @time_of_day, UTC
 * @day_of_week_utc: as @day_of_week, UTC
 */
struct suit_wait {
	u32 events;
	s64 authorization;
	s64 power;
	s64 network;
	struct suit_slice device;
	struct suit_slice device_versions;
	u64 time;
	u32 time_of_day;
	u32 day_of_week;
	u32 time_of_day_utc;
	u32 day_of_week_utc;
};

/*
 * Decode an encoded wait-info map, checked in whole: SUIT_ERR_WAIT_EVENT for an
 * event that no standard defines, SUIT_ERR_PARAMETER_FORM, or a CBOR error.
 */
enum suit_error suit_wait_decode(struct suit_slice encoded,
				 struct suit_wait *out);

#endif /* SUIT_WAIT_H */
