// SPDX-License-Identifier: GPL-2.0-only
#include "floor.h"

#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/slab.h>

#include "entry.h"

/**
 * struct floor - one floor
 * @link: in the list; floors are never removed
 * @is: what user space sees
 */
struct floor {
	struct list_head link;
	struct suitgate_floor is;
};

static LIST_HEAD(floors);
static u32 n_floors;
static DEFINE_MUTEX(lock);

static struct floor *find(struct suit_slice authority, struct suit_slice id)
{
	struct floor *floor;

	list_for_each_entry(floor, &floors, link)
		if (floor->is.authority_len == authority.len &&
		    floor->is.id_len == id.len &&
		    !memcmp(floor->is.authority, authority.ptr,
			    authority.len) &&
		    !memcmp(floor->is.id, id.ptr, id.len))
			return floor;
	return NULL;
}

/*
 * What the floors of a manifest are kept under: its own id, else each of its
 * components; a catalogue without one, its first component.
 */
static u32 count_ids(const struct suit_entry *entry)
{
	if (entry->manifest.component_id.ptr || entry->table)
		return 1;
	return entry->manifest.n_components;
}

static struct suit_slice id_at(const struct suit_entry *entry, u32 index)
{
	struct suit_slice id = entry->manifest.component_id;

	if (!id.ptr)
		suit_entry_component(entry, index, &id);
	return id;
}

static bool same_digest(const struct suitgate_floor *is,
			const struct suit_digest *digest)
{
	return is->digest_alg == digest->alg &&
	       !memcmp(is->digest, digest->value.ptr, digest->value.len);
}

static enum suit_error check_one(const struct suit_entry *entry,
				 struct suit_slice id)
{
	u64 number = entry->manifest.sequence_number;
	struct floor *floor = find(suit_entry_authority(entry)->name, id);

	if (!floor || number > floor->is.sequence_number)
		return SUIT_OK;
	if (number < floor->is.sequence_number)
		return SUIT_ERR_FLOOR;
	return same_digest(&floor->is, &entry->digest) ? SUIT_OK :
							 SUIT_ERR_FLOOR_REUSED;
}

enum suit_error suit_floor_check(const struct suit_entry *entry,
				 struct suit_slice component)
{
	enum suit_error error = SUIT_OK;
	u32 n = count_ids(entry), i;

	mutex_lock(&lock);
	for (i = 0; i < n && error == SUIT_OK; i++)
		error = check_one(entry, id_at(entry, i));
	if (error == SUIT_OK && component.ptr &&
	    suit_entry_has(entry, component))
		error = check_one(entry, component);
	mutex_unlock(&lock);
	return error;
}

static struct floor *add(struct suit_slice authority, struct suit_slice id)
{
	struct floor *floor;

	if (authority.len > SUITGATE_MAX_AUTHORITY || id.len > SUITGATE_MAX_ID)
		return NULL;
	floor = kzalloc(sizeof(*floor), GFP_KERNEL);
	if (!floor)
		return NULL;
	floor->is.authority_len = authority.len;
	memcpy(floor->is.authority, authority.ptr, authority.len);
	floor->is.id_len = id.len;
	memcpy(floor->is.id, id.ptr, id.len);
	list_add_tail(&floor->link, &floors);
	n_floors++;
	return floor;
}

static void set(struct floor *floor, u64 number, s32 alg, const u8 *digest,
		size_t len)
{
	floor->is.sequence_number = number;
	floor->is.digest_alg = alg;
	memset(floor->is.digest, 0, sizeof(floor->is.digest));
	memcpy(floor->is.digest, digest, len);
}

static bool too_far(const struct suit_entry *entry, struct suit_slice id)
{
	struct floor *floor = find(suit_entry_authority(entry)->name, id);
	u64 from = floor ? floor->is.sequence_number : 0;

	return entry->manifest.sequence_number - from > SUIT_FLOOR_JUMP;
}

/* All of them exist before the first one rises. */
static enum suit_error prepare(const struct suit_entry *entry, bool jump)
{
	struct suit_slice name = suit_entry_authority(entry)->name;
	u32 n = count_ids(entry), i;
	enum suit_error error;

	for (i = 0; i < n; i++) {
		struct suit_slice id = id_at(entry, i);

		error = check_one(entry, id);
		if (error != SUIT_OK)
			return error;
		if (!jump && too_far(entry, id))
			return SUIT_ERR_FLOOR_JUMP;
	}
	for (i = 0; i < n; i++)
		if (!find(name, id_at(entry, i)) && !add(name, id_at(entry, i)))
			return SUIT_ERR_MEMORY;
	return SUIT_OK;
}

/* Also when it is new, and says nothing yet. */
static bool is_below(const struct suitgate_floor *is, u64 number)
{
	return is->sequence_number < number || !is->digest_alg;
}

/* Its own, and those of its components that other manifests have left. */
static bool is_floor_of(const struct suitgate_floor *is,
			const struct suit_entry *entry)
{
	struct suit_slice own = entry->manifest.component_id;
	struct suit_slice name = { is->authority, is->authority_len };
	struct suit_slice id = { is->id, is->id_len };

	return suit_slice_equal(name, suit_entry_authority(entry)->name) &&
	       ((own.ptr && suit_slice_equal(id, own)) ||
		suit_entry_has(entry, id));
}

enum suit_error suit_floor_confirm(const struct suit_entry *entry, bool jump)
{
	u64 number = entry->manifest.sequence_number;
	enum suit_error error;
	struct floor *floor;

	mutex_lock(&lock);
	error = prepare(entry, jump);
	list_for_each_entry(floor, &floors, link)
		if (error == SUIT_OK && is_below(&floor->is, number) &&
		    is_floor_of(&floor->is, entry))
			set(floor, number, entry->digest.alg,
			    entry->digest.value.ptr, entry->digest.value.len);
	mutex_unlock(&lock);
	return error;
}

/* Higher, or what it is already. */
static bool rises(const struct suitgate_floor *is,
		  const struct suitgate_floor *to)
{
	if (to->sequence_number != is->sequence_number)
		return to->sequence_number > is->sequence_number;
	return to->digest_alg == is->digest_alg &&
	       !memcmp(to->digest, is->digest,
		       suit_digest_size(is->digest_alg));
}

int suit_floor_restore(const struct suitgate_floor *from)
{
	struct suit_slice name = { from->authority, from->authority_len };
	struct suit_slice id = { from->id, from->id_len };
	struct floor *floor;
	int ret = 0;

	if (!name.len || name.len > sizeof(from->authority) ||
	    id.len > sizeof(from->id) || suit_component_check(id) != SUIT_OK ||
	    !suit_digest_size(from->digest_alg))
		return -EINVAL;
	mutex_lock(&lock);
	floor = find(name, id);
	if (floor && !rises(&floor->is, from)) {
		ret = -ESTALE;
		goto out;
	}
	if (!floor)
		floor = add(name, id);
	if (floor)
		set(floor, from->sequence_number, from->digest_alg,
		    from->digest, suit_digest_size(from->digest_alg));
	else
		ret = -ENOMEM;
out:
	mutex_unlock(&lock);
	return ret;
}

int suit_floor_get(u32 index, struct suitgate_floor *out)
{
	struct floor *floor;
	int ret = -ENOENT;

	mutex_lock(&lock);
	list_for_each_entry(floor, &floors, link) {
		if (index--)
			continue;
		*out = floor->is;
		ret = 0;
		break;
	}
	mutex_unlock(&lock);
	return ret;
}

u32 suit_floor_count(void)
{
	return READ_ONCE(n_floors);
}

void suit_floor_exit(void)
{
	struct floor *floor, *next;

	list_for_each_entry_safe(floor, next, &floors, link)
		kfree(floor);
}
