package io.breadcrumbs.api;

import io.breadcrumbs.api.limit.LimitSettings;
import io.breadcrumbs.api.webhooks.WebhookSettings;
import io.breadcrumbs.sdk.secret.MasterKeys;
import java.nio.file.Path;

/**
 * What the parts behind the door are told.
 *
 * @param folder of what the views save; nothing else may be in it
 * @param posting how events are posted to who has subscribed
 * @param masters with which secrets are encrypted; the runners decrypt with the same
 * @param limits of what callers may ask for; the door's
 */
public record ServicesSettings(Path folder, WebhookSettings posting, MasterKeys masters, LimitSettings limits) {}
