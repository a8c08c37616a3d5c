// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * How the commands about the gate print what it says.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "gate_out.h"

enum { NS_PER_S = 1000000000 };

static uint64_t now_ns(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (uint64_t)now.tv_sec * NS_PER_S + (uint64_t)now.tv_nsec;
}

static uint64_t age_ns(uint64_t boottime)
{
	uint64_t now = now_ns(CLOCK_BOOTTIME);

	return now > boottime ? now - boottime : 0;
}

uint64_t out_realtime_us(uint64_t boottime)
{
	return (now_ns(CLOCK_REALTIME) - age_ns(boottime)) / 1000;
}

void out_time(uint64_t boottime, char out[OUT_TIME])
{
	time_t when = (time_t)(out_realtime_us(boottime) / 1000000);
	struct tm tm;

	if (!localtime_r(&when, &tm) ||
	    !strftime(out, OUT_TIME, "%Y-%m-%d %H:%M:%S", &tm))
		strcpy(out, "?");
}

void out_age(uint64_t boottime, char out[OUT_AGE])
{
	uint64_t s = age_ns(boottime) / NS_PER_S;

	if (s < 120)
		snprintf(out, OUT_AGE, "%" PRIu64 " s", s);
	else if (s < 120 * 60)
		snprintf(out, OUT_AGE, "%" PRIu64 " min", s / 60);
	else if (s < 48 * 3600)
		snprintf(out, OUT_AGE, "%" PRIu64 " h", s / 3600);
	else
		snprintf(out, OUT_AGE, "%" PRIu64 " days", s / 86400);
}

static const char *verdict_word(const struct sg_gate_record *record)
{
	if (!strcmp(record->verdict, "refused"))
		return "REFUSED";
	return !strcmp(record->verdict, "audited") ? "AUDITED" : "delivered";
}

void out_record(const struct sg_gate_record *record)
{
	char when[OUT_TIME];

	if (record->lost)
		printf("(%" PRIu32 " decisions were lost here)\n",
		       record->lost);
	out_time(record->time, when);
	printf("%s  %-9s  %s  ", when, verdict_word(record), record->name);
	if (strcmp(record->error, "ok"))
		printf("%s  ", record->error);
	if (record->authority[0])
		printf("by %s sequence %" PRIu64 "  ", record->authority,
		       record->sequence_number);
	printf("(%s %s, %" PRIu64 " bytes, asked by %s[%" PRIu32 "], %s)\n",
	       record->source, record->path, record->bytes, record->comm,
	       record->pid, record->mode);
}

static bool all_zero(const uint8_t *bytes, size_t len)
{
	while (len)
		if (bytes[--len])
			return false;
	return true;
}

sd_json_variant *out_record_json(const struct sg_gate_record *r)
{
	sd_json_variant *v = NULL;
	bool read = !all_zero(r->digest, sizeof(r->digest));
	bool signed_ = !all_zero(r->manifest, sizeof(r->manifest));

	if (sd_json_buildo(&v,
			SD_JSON_BUILD_PAIR_UNSIGNED("number", r->number),
			SD_JSON_BUILD_PAIR_UNSIGNED("lost", r->lost),
			SD_JSON_BUILD_PAIR_UNSIGNED("realtimeUsec",
						    out_realtime_us(r->time)),
			SD_JSON_BUILD_PAIR_UNSIGNED("boottimeNsec", r->time),
			SD_JSON_BUILD_PAIR_STRING("verdict", r->verdict),
			SD_JSON_BUILD_PAIR_STRING("error", r->error),
			SD_JSON_BUILD_PAIR_INTEGER("errno", r->err),
			SD_JSON_BUILD_PAIR_STRING("name", r->name),
			SD_JSON_BUILD_PAIR_STRING("path", r->path),
			SD_JSON_BUILD_PAIR_STRING("mode", r->mode),
			SD_JSON_BUILD_PAIR_UNSIGNED("bytes", r->bytes),
			SD_JSON_BUILD_PAIR_CONDITION(read, "sha256",
				SD_JSON_BUILD_HEX(r->digest,
						  sizeof(r->digest))),
			SD_JSON_BUILD_PAIR_STRING("source", r->source),
			SD_JSON_BUILD_PAIR_CONDITION(signed_, "manifest",
				SD_JSON_BUILD_HEX(r->manifest,
						  sizeof(r->manifest))),
			SD_JSON_BUILD_PAIR_CONDITION(r->authority[0] != '\0',
				"authority",
				SD_JSON_BUILD_STRING(r->authority)),
			SD_JSON_BUILD_PAIR_UNSIGNED("sequenceNumber",
						    r->sequence_number),
			SD_JSON_BUILD_PAIR_UNSIGNED("pid", r->pid),
			SD_JSON_BUILD_PAIR_STRING("comm", r->comm)) < 0)
		return NULL;
	return v;
}

sd_json_variant *out_floor_json(const struct sg_gate_floor *floor)
{
	char id[SG_GATE_MAX_ID * 3], digest[OUT_HEX + 8];
	sd_json_variant *v = NULL;

	sg_gate_component_text(floor->id, floor->id_len, id, sizeof(id));
	out_digest(&floor->digest, digest);
	if (sd_json_buildo(&v,
			SD_JSON_BUILD_PAIR_STRING("authority",
						  floor->authority),
			SD_JSON_BUILD_PAIR_STRING("component", id),
			SD_JSON_BUILD_PAIR_UNSIGNED("sequenceNumber",
						    floor->sequence_number),
			SD_JSON_BUILD_PAIR_STRING("digest", digest)) < 0)
		return NULL;
	return v;
}

bool out_securityfs(const char *name, const char *indent)
{
	char path[128], line[1024];
	bool any = false;
	FILE *file;

	snprintf(path, sizeof(path), "/sys/kernel/security/suitgate/%s", name);
	file = fopen(path, "re");
	if (!file)
		return false;
	while (fgets(line, sizeof(line), file)) {
		printf("%s%s", indent, line);
		any = true;
	}
	fclose(file);
	return any;
}
