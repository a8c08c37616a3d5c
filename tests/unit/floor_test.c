// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Floors on disk: which file goes with which counter, who may have signed it,
 * and that no floor falls.
 */
#include <string.h>
#include <unistd.h>

#include "floor_case.h"
#include "suitgate/key.h"

static struct sg_floor_status status_of(bool counted)
{
	struct sg_floor_store *store = floor_opened(counted);
	struct sg_floor_status status;

	sg_floor_store_status(store, &status);
	sg_floor_store_close(store);
	return status;
}

static void floors_come_back(void **state)
{
	struct sg_floor_status status;

	(void)state;
	floor_begin();
	assert_string_equal(floor_kept(true), "");
	assert_false(status_of(true).written);
	assert_int_equal(floor_files(), 0);
	succeeded(floor_put(true, 7, 9));
	assert_string_equal(floor_kept(true), "x=7 y=9");
	status = status_of(true);
	assert_true(status.written && status.anchored);
	assert_false(status.completed);
	/* the counter of a TPM that had counters before: no zero, no one */
	assert_int_equal(status.epoch, 42);
	assert_int_equal(counter->value, 42);
	assert_int_equal(status.floors, 2);
}

static void nothing_new_is_not_written(void **state)
{
	struct suit_slice image;

	(void)state;
	floor_begin();
	succeeded(floor_put(true, 7, 9));
	image = floor_image();
	succeeded(floor_put(true, 7, 9));
	succeeded(floor_put(true, 7, 0));
	succeeded(floor_put(true, 6, 8));
	expect_bytes(floor_image(), image);
	assert_int_equal(counter->value, 42);
}

static void floors_do_not_fall(void **state)
{
	(void)state;
	floor_begin();
	succeeded(floor_put(true, 7, 0));
	succeeded(floor_put(true, 6, 3));
	assert_string_equal(floor_kept(true), "x=7 y=3");
	succeeded(floor_put(true, 8, 2));
	assert_string_equal(floor_kept(true), "x=8 y=3");
	assert_int_equal(counter->value, 44);
}

static void an_old_image_is_refused(void **state)
{
	struct suit_slice first, second, third;

	(void)state;
	floor_begin();
	succeeded(floor_put(true, 1, 0));
	first = floor_image();
	succeeded(floor_put(true, 2, 0));
	second = floor_image();
	succeeded(floor_put(true, 3, 0));
	third = floor_image();
	floor_restore(second);
	floor_refused(true, SG_FLOOR_OLD);
	floor_restore(first);
	floor_refused(true, SG_FLOOR_OLD);
	assert_non_null(strstr(why.message, "old disk image"));
	assert_non_null(strstr(why.message, "suitctl floor reset-anchor"));
	floor_restore(third);
	assert_string_equal(floor_kept(true), "x=3");
	assert_int_equal(counter->value, 44);
}

static void a_file_that_is_gone_is_refused(void **state)
{
	(void)state;
	floor_begin();
	succeeded(floor_put(true, 1, 0));
	unlink(floor_request(true)->path);
	floor_refused(true, SG_FLOOR_MISSING);
	/* nor is it enough to switch the counter off and on again */
	succeeded(floor_put(false, 1, 0));
	floor_refused(true, SG_FLOOR_OLD);
}

static void a_counter_that_is_gone_is_refused(void **state)
{
	(void)state;
	floor_begin();
	succeeded(floor_put(true, 1, 0));
	floor_refused(false, SG_FLOOR_NO_COUNTER);
	counter->state = SG_ANCHOR_ABSENT;
	floor_refused(true, SG_FLOOR_NO_COUNTER);
	/* made again by somebody: it begins above */
	counter->state = SG_ANCHOR_NEW;
	floor_refused(true, SG_FLOOR_OLD);
}

static void another_counter_is_refused(void **state)
{
	struct suit_slice image;

	(void)state;
	floor_begin();
	succeeded(floor_put(true, 1, 0));
	succeeded(floor_put(true, 2, 0));
	image = floor_image();
	counter->value = 41;
	floor_refused(true, SG_FLOOR_FOREIGN);
	counter->state = SG_ANCHOR_NEW;
	counter->highest = 7;
	floor_restore(image);
	floor_refused(true, SG_FLOOR_FOREIGN);
}

static void a_counter_is_taken_up(void **state)
{
	struct suit_slice before;

	(void)state;
	floor_begin();
	succeeded(floor_put(false, 1, 2));
	assert_false(status_of(false).anchored);
	assert_int_equal(status_of(false).epoch, 1);
	before = floor_image();
	assert_string_equal(floor_kept(true), "x=1 y=2");
	assert_true(status_of(true).anchored);
	assert_int_equal(counter->state, SG_ANCHOR_SET);
	floor_restore(before);
	floor_refused(true, SG_FLOOR_OLD);
}

static void the_counter_is_raised_afterwards(void **state)
{
	(void)state;
	floor_begin();
	succeeded(floor_put(true, 1, 0));
	succeeded(floor_put(true, 2, 0));
	counter->value--;
	assert_true(status_of(true).completed);
	assert_int_equal(counter->value, 43);
	assert_false(status_of(true).completed);
	/* also the first time */
	floor_begin();
	succeeded(floor_put(true, 1, 0));
	*counter = (struct counter){ .state = SG_ANCHOR_NEW, .highest = 41 };
	assert_true(status_of(true).completed);
	assert_int_equal(counter->value, 42);
}

static unsigned int refusals;

static int refuse_to_raise(void)
{
	return refusals-- == 0;
}

static void a_counter_that_cannot_be_raised(void **state)
{
	struct sg_floor_store *store;

	(void)state;
	floor_begin();
	succeeded(floor_put(true, 1, 0));
	store = floor_opened(true);
	/* looked at twice, then raised */
	refusals = 2;
	counter_watch = refuse_to_raise;
	failed(sg_floor_store_put(store, floors_of(2, 0), &why),
	       "the counter says no");
	counter_watch = NULL;
	assert_int_equal(counter->value, 42);
	/* tried again: the same epoch, not the one after */
	succeeded(sg_floor_store_put(store, floors_of(2, 0), &why));
	assert_int_equal(counter->value, 43);
	sg_floor_store_close(store);
	assert_string_equal(floor_kept(true), "x=2");
}

/* Another counter of the TPM took the number in between. */
static int overtake(void)
{
	if (counter->state == SG_ANCHOR_NEW)
		counter->highest = 60;
	return 0;
}

static void another_counter_of_the_tpm_is_faster(void **state)
{
	(void)state;
	floor_begin();
	counter_watch = overtake;
	succeeded(floor_put(true, 1, 0));
	counter_watch = NULL;
	assert_in_range(counter->value, 61, 70);
	assert_int_equal(status_of(true).epoch, counter->value);
	assert_false(status_of(true).completed);
}

static void starting_over(void **state)
{
	struct suit_slice old;

	(void)state;
	floor_begin();
	succeeded(floor_put(true, 5, 6));
	old = floor_image();
	succeeded(floor_put(true, 7, 6));
	floor_restore(old);
	floor_refused(true, SG_FLOOR_OLD);
	succeeded(sg_floor_store_reset(floor_request(true), floors_of(3, 0),
				       &why));
	assert_string_equal(floor_kept(true), "x=5 y=6");
	floor_restore(old);
	floor_refused(true, SG_FLOOR_OLD);
	/* what nobody can read is forgotten */
	floor_restore(flipped(old, -1));
	succeeded(sg_floor_store_reset(floor_request(true), floors_of(3, 0),
				       &why));
	assert_string_equal(floor_kept(true), "x=3");
	unlink(floor_request(true)->path);
	succeeded(sg_floor_store_reset(floor_request(true), floors_of(3, 0),
				       &why));
	/* a counter that is lost; none at all from now on */
	counter->state = SG_ANCHOR_ABSENT;
	succeeded(sg_floor_store_reset(floor_request(true), floors_of(4, 0),
				       &why));
	assert_string_equal(floor_kept(true), "x=4");
	succeeded(sg_floor_store_reset(floor_request(false), floors_of(5, 0),
				       &why));
	assert_string_equal(floor_kept(false), "x=5");
}

static void no_byte_may_change(void **state)
{
	struct sg_floor_store *store;
	struct suit_slice image;
	size_t i;

	(void)state;
	floor_begin();
	succeeded(floor_put(true, 1, 2));
	image = floor_image();
	for (i = 0; i < image.len; i++) {
		floor_restore(flipped(image, (long)i));
		if (!sg_floor_store_open(floor_request(true), &store, &why))
			fail_msg("byte %zu", i);
		assert_true(why.refused);
		assert_non_null(why.code);
	}
	for (i = 0; i < image.len; i++) {
		floor_restore((struct suit_slice){ image.ptr, i });
		assert_int_equal(sg_floor_store_open(floor_request(true),
						     &store, &why), -1);
		assert_true(why.refused);
	}
}

static void another_device(void **state)
{
	struct suit_slice image;

	(void)state;
	floor_begin();
	succeeded(floor_put(true, 1, 2));
	image = floor_image();
	floor_begin();
	floor_restore(image);
	floor_refused(true, "signature-invalid");
	assert_non_null(strstr(why.message, "not signed by this device's key"));
}

static void one_store_at_a_time(void **state)
{
	struct sg_floor_store *store, *other;

	(void)state;
	floor_begin();
	store = floor_opened(true);
	failed(sg_floor_store_open(floor_request(true), &other, &why),
	       "another program keeps the floors");
	sg_floor_store_close(store);
	assert_string_equal(floor_kept(true), "");
}

/* Of what suitctl saved and what the daemon keeps, the higher floors. */
static void both_files_are_collected(void **state)
{
	struct sg_floor_request request;
	struct sg_floor_store *store;
	struct sg_state all;
	struct sg_buf saved;

	(void)state;
	floor_begin();
	request = *floor_request(true);
	request.path = scratch("floors.signed");
	succeeded(sg_floor_store_open(&request, &store, &why));
	succeeded(sg_floor_store_put(store, floors_of(7, 9), &why));
	sg_floor_store_close(store);
	succeeded(sg_state_encode(floors_of(8, 0), &saved, &why));
	scratch_file("floors.state", taken(&saved));
	succeeded(sg_state_collect(scratch("."), scratch("."), &all, &why));
	assert_string_equal(floors_text(&all), "x=8 y=9");
	assert_non_null(strstr(all.item[0].origin, "/floors.state"));
	assert_non_null(strstr(all.item[1].origin, "/floors.signed"));
	sg_state_free(&all);
	/* another device's */
	succeeded(sg_key_generate(SUIT_ALG_ESP256, request.key, true, &why));
	refused(sg_state_collect(scratch("."), scratch("."), &all, &why),
		SUIT_ERR_SIGNATURE);
}

static void a_device_without_a_key(void **state)
{
	struct sg_floor_request request;
	struct sg_floor_store *store;

	(void)state;
	floor_begin();
	request = *floor_request(true);
	request.key = scratch("none.pem");
	failed(sg_floor_store_open(&request, &store, &why),
	       "suitctl keygen --alg esp256 -o");
}

int main(void)
{
	single("floors come back", floors_come_back);
	single("nothing new is not written", nothing_new_is_not_written);
	single("floors do not fall", floors_do_not_fall);
	single("an old image is refused", an_old_image_is_refused);
	single("a file that is gone is refused",
	       a_file_that_is_gone_is_refused);
	single("a counter that is gone is refused",
	       a_counter_that_is_gone_is_refused);
	single("another counter is refused", another_counter_is_refused);
	single("a counter is taken up", a_counter_is_taken_up);
	single("the counter is raised afterwards",
	       the_counter_is_raised_afterwards);
	single("a counter that cannot be raised",
	       a_counter_that_cannot_be_raised);
	single("another counter of the TPM is faster",
	       another_counter_of_the_tpm_is_faster);
	single("starting over", starting_over);
	single("no byte may change", no_byte_may_change);
	single("another device", another_device);
	single("one store at a time", one_store_at_a_time);
	single("both files are collected", both_files_are_collected);
	single("a device without a key", a_device_without_a_key);
	return table_run("floor");
}
