// SPDX-License-Identifier: GPL-2.0-only
#include "status.h"

#include <linux/module.h>
#include <linux/security.h>
#include <linux/seq_file.h>
#include <linux/slab.h>

#include "build_id.h"
#include "entry.h"
#include "event.h"
#include "floor.h"
#include "registry.h"
#include "state.h"
#include "trust.h"

static const char *mode_name(u32 mode)
{
	static const char *const names[] = { "?", "setup", "audit", "enforce" };

	return names[mode < ARRAY_SIZE(names) ? mode : 0];
}

static int status_show(struct seq_file *m, void *v)
{
	struct suit_trust_store *trust = suit_trust_get();
	u32 manifests, sidecars;

	suit_registry_count(&manifests, &sidecars);
	seq_printf(m, "mode        %s%s%s\n", mode_name(suit_state_mode()),
		   suit_state_sealed() ? ", sealed" : "",
		   suit_state.break_glass ? ", break-glass" : "");
	seq_printf(m, "gated       %llu s after boot\n",
		   suit_state.gated_since / NSEC_PER_SEC);
	seq_printf(m, "authorities %u, keys %u, statement %llu\n",
		   trust->view.n_authorities, trust->view.n_keys,
		   trust->sequence);
	seq_printf(m, "manifests   %u, sidecars %u, floors %u\n", manifests,
		   sidecars, suit_floor_count());
	seq_printf(m, "delivered   %lld, refused %lld, audited %lld\n",
		   atomic64_read(&suit_state.delivered),
		   atomic64_read(&suit_state.refused),
		   atomic64_read(&suit_state.audited));
	seq_printf(m, "build       %*phN\n", 20, suit_build_id);
	suit_trust_put(trust);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(status);

static void show_prefixes(struct seq_file *m, struct suit_slice prefixes)
{
	char text[256];
	struct suit_cursor cur;
	u32 n;

	suit_cursor_init(&cur, prefixes);
	for (n = suit_cbor_array(&cur); n && cur.error == SUIT_OK; n--) {
		suit_component_text(suit_cbor_item(&cur), text, sizeof(text));
		seq_printf(m, " %s", text);
	}
}

static int authorities_show(struct seq_file *m, void *v)
{
	static const char *const roles[] = { "?", "root", "vendor", "baseline" };
	struct suit_trust_store *trust = suit_trust_get();
	u32 i;

	for (i = 0; i < trust->view.n_authorities; i++) {
		const struct suit_authority *a = &trust->authority[i];

		seq_printf(m, "%.*s %s threshold %u", (int)a->name.len,
			   a->name.ptr, roles[a->role], a->threshold);
		if (a->retired)
			seq_printf(m, " retired after %llu", a->last);
		show_prefixes(m, a->prefixes);
		seq_putc(m, '\n');
	}
	suit_trust_put(trust);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(authorities);

static void show_entry(const struct suit_entry *entry, void *context)
{
	const struct suit_authority *a = suit_entry_authority(entry);

	seq_printf(context, "%*phN %.*s sequence %llu components %u%s%s\n",
		   (int)min_t(size_t, entry->digest.value.len, 64),
		   entry->digest.value.ptr, (int)a->name.len, a->name.ptr,
		   entry->manifest.sequence_number,
		   entry->manifest.n_components,
		   entry->table ? " catalogue" : "",
		   READ_ONCE(entry->delivered) ? " delivered" : "");
}

static int manifests_show(struct seq_file *m, void *v)
{
	suit_registry_each(show_entry, m);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(manifests);

static int decisions_show(struct seq_file *m, void *v)
{
	static const char *const verdicts[] = { "?", "delivered", "refused",
						"audited" };
	struct suitgate_record *r = kmalloc(sizeof(*r), GFP_KERNEL);
	u64 next;

	if (!r)
		return -ENOMEM;
	for (next = 1; suit_event_get(next, r); next = r->number + 1)
		seq_printf(m, "%llu %llu.%06llu %s %s %s %s\n", r->number,
			   r->time / NSEC_PER_SEC,
			   r->time % NSEC_PER_SEC / NSEC_PER_USEC,
			   verdicts[r->verdict], suit_error_name(r->error),
			   r->name, r->authority[0] ? (char *)r->authority : "-");
	kfree(r);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(decisions);

static const struct {
	const char *name;
	const struct file_operations *ops;
} pages[] = {
	{ "status", &status_fops },
	{ "authorities", &authorities_fops },
	{ "manifests", &manifests_fops },
	{ "decisions", &decisions_fops },
};

static struct dentry *folder;
static struct dentry *files[ARRAY_SIZE(pages)];

int suit_status_init(void)
{
	unsigned int i;

	folder = securityfs_create_dir("suitgate", NULL);
	if (IS_ERR(folder))
		return PTR_ERR(folder);
	for (i = 0; i < ARRAY_SIZE(pages); i++) {
		files[i] = securityfs_create_file(pages[i].name, 0400, folder,
						  NULL, pages[i].ops);
		if (IS_ERR(files[i])) {
			int ret = PTR_ERR(files[i]);

			files[i] = NULL;
			suit_status_exit();
			return ret;
		}
	}
	return 0;
}

void suit_status_exit(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(pages); i++)
		securityfs_remove(files[i]);
	securityfs_remove(folder);
}
