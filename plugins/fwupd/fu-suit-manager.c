// SPDX-License-Identifier: LGPL-2.1-or-later
#include "config.h"

#include "fu-suit-manager.h"

#include <glib-unix.h>

#include "fu-suit-error.h"
#include "fu-suit-memfd.h"

/* a daemon that hangs must not hang fwupd */
#define FU_SUIT_MANAGER_CALL_TIMEOUT	(5 * G_USEC_PER_SEC)
/* between two signs of life of an installation; it may wait for a server */
#define FU_SUIT_MANAGER_INSTALL_TIMEOUT (600 * G_USEC_PER_SEC)

struct _FuSuitManager {
	GObject parent_instance;
	gchar *address;
	sd_varlink *subscription;
	guint source_id;
};

G_DEFINE_TYPE(FuSuitManager, fu_suit_manager, G_TYPE_OBJECT)

enum { SIGNAL_CHANGED, SIGNAL_LOST, SIGNAL_LAST };

static guint signals[SIGNAL_LAST] = {0};

typedef struct {
	FuProgress *progress;
	sd_json_variant *reply;
	GError *error;
	gboolean done;
} FuSuitManagerInstall;

static sd_varlink *
fu_suit_manager_connect(FuSuitManager *self, GError **error)
{
	g_autoptr(sd_varlink) link = NULL;
	int rc;

	rc = sd_varlink_connect_address(&link, self->address);
	if (rc < 0) {
		g_autofree gchar *doing = g_strdup_printf("cannot connect to %s", self->address);
		fu_suit_error_set_errno(error, rc, doing);
		return NULL;
	}
	return g_steal_pointer(&link);
}

/* one call, one reply, of which @key is wanted, or all of it */
static sd_json_variant *
fu_suit_manager_call(FuSuitManager *self, const gchar *method, const gchar *key, GError **error)
{
	g_autoptr(sd_varlink) link = NULL;
	sd_json_variant *reply = NULL; /* of the link */
	const char *id = NULL;
	int rc;

	link = fu_suit_manager_connect(self, error);
	if (link == NULL)
		return NULL;
	rc = sd_varlink_set_relative_timeout(link, FU_SUIT_MANAGER_CALL_TIMEOUT);
	if (rc >= 0)
		rc = sd_varlink_call(link, method, NULL, &reply, &id);
	if (rc < 0) {
		fu_suit_error_set_errno(error, rc, method);
		return NULL;
	}
	if (id != NULL) {
		fu_suit_error_set_reply(error, id, reply);
		return NULL;
	}
	if (key != NULL)
		reply = sd_json_variant_by_key(reply, key);
	if (reply == NULL || (key != NULL && !sd_json_variant_is_array(reply))) {
		g_set_error(error,
			    FWUPD_ERROR,
			    FWUPD_ERROR_INVALID_DATA,
			    "suitgated: %s answered without %s",
			    method,
			    key != NULL ? key : "parameters");
		return NULL;
	}
	return sd_json_variant_ref(reply);
}

sd_json_variant *
fu_suit_manager_list_components(FuSuitManager *self, GError **error)
{
	g_return_val_if_fail(FU_IS_SUIT_MANAGER(self), NULL);
	return fu_suit_manager_call(self,
				    FU_SUIT_MANAGER_INTERFACE "ListComponents",
				    "components",
				    error);
}

sd_json_variant *
fu_suit_manager_get_status(FuSuitManager *self, GError **error)
{
	g_return_val_if_fail(FU_IS_SUIT_MANAGER(self), NULL);
	return fu_suit_manager_call(self, FU_SUIT_MANAGER_INTERFACE "Status", NULL, error);
}

sd_json_variant *
fu_suit_manager_list_reports(FuSuitManager *self, GError **error)
{
	g_return_val_if_fail(FU_IS_SUIT_MANAGER(self), NULL);
	return fu_suit_manager_call(self,
				    FU_SUIT_MANAGER_INTERFACE "ListReports",
				    "reports",
				    error);
}

/* fetching is what takes its time */
static void
fu_suit_manager_install_progress(FuProgress *progress, sd_json_variant *parameters)
{
	const gchar *step = sd_json_variant_string(sd_json_variant_by_key(parameters, "step"));
	guint64 done = sd_json_variant_unsigned(sd_json_variant_by_key(parameters, "done"));
	guint64 total = sd_json_variant_unsigned(sd_json_variant_by_key(parameters, "total"));
	guint percentage = 0;

	if (g_strcmp0(step, "verify") == 0) {
		fu_progress_set_status(progress, FWUPD_STATUS_DEVICE_VERIFY);
	} else if (g_strcmp0(step, "fetch") == 0) {
		fu_progress_set_status(progress, FWUPD_STATUS_DOWNLOADING);
		percentage = 5;
		if (total > 0 && done <= total)
			percentage += (guint)(85.0 * (gdouble)done / (gdouble)total);
	} else if (g_strcmp0(step, "install") == 0) {
		fu_progress_set_status(progress, FWUPD_STATUS_DEVICE_WRITE);
		percentage = 90;
	}
	if (percentage > fu_progress_get_percentage(progress) ||
	    fu_progress_get_percentage(progress) == G_MAXUINT)
		fu_progress_set_percentage(progress, percentage);
}

static int
fu_suit_manager_install_reply_cb(sd_varlink *link,
				 sd_json_variant *parameters,
				 const char *id,
				 sd_varlink_reply_flags_t flags,
				 void *userdata)
{
	FuSuitManagerInstall *install = userdata;

	if (id != NULL) {
		install->done = TRUE;
		fu_suit_error_set_reply(&install->error, id, parameters);
	} else if (flags & SD_VARLINK_REPLY_CONTINUES) {
		fu_suit_manager_install_progress(install->progress, parameters);
	} else {
		install->done = TRUE;
		install->reply = sd_json_variant_ref(parameters);
	}
	return 0;
}

static gboolean
fu_suit_manager_send_install(sd_varlink *link, GBytes *envelope, GError **error)
{
	g_autofd int fd = fu_suit_memfd_new(envelope, error);
	int idx;
	int rc;

	if (fd < 0)
		return FALSE;
	rc = sd_varlink_set_allow_fd_passing_output(link, 1);
	if (rc < 0)
		return fu_suit_error_set_errno(error, rc, "cannot pass a file descriptor");
	idx = sd_varlink_push_fd(link, fd);
	if (idx < 0)
		return fu_suit_error_set_errno(error, idx, "cannot pass a file descriptor");
	g_steal_fd(&fd);
	rc = sd_varlink_observebo(link,
				  FU_SUIT_MANAGER_INTERFACE "Install",
				  SD_JSON_BUILD_PAIR_INTEGER("fileDescriptor", idx));
	if (rc < 0)
		return fu_suit_error_set_errno(error, rc, "cannot ask for the installation");
	return TRUE;
}

sd_json_variant *
fu_suit_manager_install(FuSuitManager *self,
			GBytes *envelope,
			FuProgress *progress,
			GError **error)
{
	FuSuitManagerInstall install = {.progress = progress};
	g_autoptr(sd_varlink) link = NULL;
	int rc = 0;

	g_return_val_if_fail(FU_IS_SUIT_MANAGER(self), NULL);
	g_return_val_if_fail(envelope != NULL, NULL);
	g_return_val_if_fail(FU_IS_PROGRESS(progress), NULL);

	link = fu_suit_manager_connect(self, error);
	if (link == NULL)
		return NULL;
	sd_varlink_set_userdata(link, &install);
	rc = sd_varlink_bind_reply(link, fu_suit_manager_install_reply_cb);
	if (rc >= 0)
		rc = sd_varlink_set_relative_timeout(link, FU_SUIT_MANAGER_INSTALL_TIMEOUT);
	if (rc < 0) {
		fu_suit_error_set_errno(error, rc, "cannot ask for the installation");
		return NULL;
	}
	if (!fu_suit_manager_send_install(link, envelope, error))
		return NULL;
	while (rc >= 0 && !install.done) {
		rc = sd_varlink_process(link);
		if (rc == 0) {
			rc = sd_varlink_wait(link, FU_SUIT_MANAGER_INSTALL_TIMEOUT);
			if (rc == 0)
				rc = -ETIMEDOUT;
		}
	}
	if (install.error != NULL) {
		g_propagate_error(error, install.error);
		return NULL;
	}
	if (!install.done) {
		fu_suit_error_set_errno(error, rc, "no answer to the installation");
		return NULL;
	}
	return install.reply;
}

static void
fu_suit_manager_unsubscribe(FuSuitManager *self)
{
	if (self->source_id != 0)
		g_source_remove(self->source_id);
	self->source_id = 0;
	self->subscription = sd_varlink_flush_close_unref(self->subscription);
}

static int
fu_suit_manager_subscribe_reply_cb(sd_varlink *link,
				   sd_json_variant *parameters,
				   const char *id,
				   sd_varlink_reply_flags_t flags,
				   void *userdata)
{
	/* an answer that is an error, or the last one, ends it */
	if (id != NULL || (flags & SD_VARLINK_REPLY_CONTINUES) == 0)
		return -ECONNRESET;
	/* the first, too, which only says that it began: what was listed before
	 * may have changed until then */
	g_signal_emit(userdata, signals[SIGNAL_CHANGED], 0);
	return 0;
}

static gboolean
fu_suit_manager_subscription_cb(gint fd, GIOCondition condition, gpointer user_data)
{
	g_autoptr(FuSuitManager) self = g_object_ref(FU_SUIT_MANAGER(user_data));
	int rc = 1;

	while (rc > 0 && self->subscription != NULL)
		rc = sd_varlink_process(self->subscription);
	if (rc == 0 && (condition & (G_IO_ERR | G_IO_HUP | G_IO_NVAL)) == 0)
		return G_SOURCE_CONTINUE;
	self->source_id = 0;
	fu_suit_manager_unsubscribe(self);
	g_signal_emit(self, signals[SIGNAL_LOST], 0);
	return G_SOURCE_REMOVE;
}

gboolean
fu_suit_manager_subscribe(FuSuitManager *self, GError **error)
{
	int rc;

	g_return_val_if_fail(FU_IS_SUIT_MANAGER(self), FALSE);

	fu_suit_manager_unsubscribe(self);
	self->subscription = fu_suit_manager_connect(self, error);
	if (self->subscription == NULL)
		return FALSE;
	sd_varlink_set_userdata(self->subscription, self);
	rc = sd_varlink_bind_reply(self->subscription, fu_suit_manager_subscribe_reply_cb);
	if (rc >= 0)
		rc = sd_varlink_observe(self->subscription,
					FU_SUIT_MANAGER_INTERFACE "Subscribe",
					NULL);
	if (rc >= 0)
		rc = sd_varlink_flush(self->subscription);
	if (rc < 0) {
		fu_suit_manager_unsubscribe(self);
		return fu_suit_error_set_errno(error, rc, "cannot subscribe");
	}
	self->source_id = g_unix_fd_add(sd_varlink_get_fd(self->subscription),
					G_IO_IN | G_IO_HUP | G_IO_ERR,
					fu_suit_manager_subscription_cb,
					self);
	return TRUE;
}

static void
fu_suit_manager_init(FuSuitManager *self)
{
}

static void
fu_suit_manager_finalize(GObject *object)
{
	FuSuitManager *self = FU_SUIT_MANAGER(object);

	fu_suit_manager_unsubscribe(self);
	g_free(self->address);
	G_OBJECT_CLASS(fu_suit_manager_parent_class)->finalize(object);
}

static void
fu_suit_manager_class_init(FuSuitManagerClass *klass)
{
	GObjectClass *object_class = G_OBJECT_CLASS(klass);

	object_class->finalize = fu_suit_manager_finalize;
	signals[SIGNAL_CHANGED] = g_signal_new("changed",
					       G_TYPE_FROM_CLASS(klass),
					       G_SIGNAL_RUN_LAST,
					       0,
					       NULL,
					       NULL,
					       NULL,
					       G_TYPE_NONE,
					       0);
	signals[SIGNAL_LOST] = g_signal_new("lost",
					    G_TYPE_FROM_CLASS(klass),
					    G_SIGNAL_RUN_LAST,
					    0,
					    NULL,
					    NULL,
					    NULL,
					    G_TYPE_NONE,
					    0);
}

FuSuitManager *
fu_suit_manager_new(const gchar *address)
{
	FuSuitManager *self = g_object_new(FU_TYPE_SUIT_MANAGER, NULL);

	self->address = g_strdup(address);
	return self;
}
