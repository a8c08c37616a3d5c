/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What conditions ask of the machine around them: time, energy, whose it is.
 */
#ifndef SG_SURROUNDINGS_H
#define SG_SURROUNDINGS_H

#include "core/suit.h"
#include "suitgate/device.h"

/* Seconds since 1970, when the clock can be believed. */
bool sg_clock_now(const struct sg_device *device, u64 *seconds);
/*
 * Do the time events of @wait hold? SUIT_OK, SUIT_ERR_PENDING, also while the
 * clock cannot be believed, or SUIT_ERR_WAIT_EVENT for local time without a zone.
 * A time of day holds from then until midnight, a day of the week all day.
 */
enum suit_error sg_clock_wait(const struct sg_device *device,
			      const struct suit_wait *wait);
/*
 * Energy left in the batteries below @supplies, /sys/class/power_supply, mWh;
 * on mains without a battery, all there can be. False when it cannot be told.
 */
bool sg_battery_left(const char *supplies, u64 *mwh);
/*
 * Is @value one of the device's, for component @id? @gate: of those that the
 * gate knows, which belong to no component.
 */
bool sg_device_is(const struct sg_device *device, enum suit_identity what,
		  struct suit_slice id, struct suit_slice value, bool gate);
bool sg_device_in_slot(const struct sg_device *device, struct suit_slice id,
		       u64 slot, bool gate);

#endif /* SG_SURROUNDINGS_H */
