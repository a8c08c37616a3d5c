// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Time that can be believed.
 */
#include <stdlib.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

#include "surroundings.h"

bool sg_clock_now(const struct sg_device *device, u64 *seconds)
{
	struct timex clock = { 0 };
	time_t now = time(NULL);

	if (!device->any_clock &&
	    (adjtimex(&clock) < 0 || clock.status & STA_UNSYNC))
		return false;
	*seconds = (u64)now;
	return now > 0;
}

static bool zone_known(void)
{
	return getenv("TZ") || access("/etc/localtime", R_OK) == 0;
}

static bool holds(const struct tm *now, bool time_of_day, u32 seconds,
		  bool day_of_week, u32 day)
{
	u32 passed = (u32)(now->tm_hour * 3600 + now->tm_min * 60 +
			   now->tm_sec);

	return (!time_of_day || passed >= seconds) &&
	       (!day_of_week || (u32)now->tm_wday == day);
}

static bool waits_for(const struct suit_wait *wait, unsigned int event)
{
	return wait->events >> event & 1;
}

enum suit_error sg_clock_wait(const struct sg_device *device,
			      const struct suit_wait *wait)
{
	const u32 clock = 1U << SUIT_WAIT_TIME | 1U << SUIT_WAIT_TIME_OF_DAY |
			  1U << SUIT_WAIT_DAY_OF_WEEK |
			  1U << SUIT_WAIT_TIME_OF_DAY_UTC |
			  1U << SUIT_WAIT_DAY_OF_WEEK_UTC;
	const u32 local = 1U << SUIT_WAIT_TIME_OF_DAY |
			  1U << SUIT_WAIT_DAY_OF_WEEK;
	struct tm here, utc;
	time_t time;
	u64 now;

	if (!(wait->events & clock))
		return SUIT_OK;
	if (wait->events & local && !zone_known())
		return SUIT_ERR_WAIT_EVENT;
	/* it may be synchronised soon */
	if (!sg_clock_now(device, &now))
		return SUIT_ERR_PENDING;
	time = (time_t)now;
	tzset();
	if (!localtime_r(&time, &here) || !gmtime_r(&time, &utc))
		return SUIT_ERR_WAIT_EVENT;
	if ((waits_for(wait, SUIT_WAIT_TIME) && now < wait->time) ||
	    !holds(&here, waits_for(wait, SUIT_WAIT_TIME_OF_DAY),
		   wait->time_of_day, waits_for(wait, SUIT_WAIT_DAY_OF_WEEK),
		   wait->day_of_week) ||
	    !holds(&utc, waits_for(wait, SUIT_WAIT_TIME_OF_DAY_UTC),
		   wait->time_of_day_utc,
		   waits_for(wait, SUIT_WAIT_DAY_OF_WEEK_UTC),
		   wait->day_of_week_utc))
		return SUIT_ERR_PENDING;
	return SUIT_OK;
}
