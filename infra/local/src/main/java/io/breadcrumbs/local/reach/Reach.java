package io.breadcrumbs.local.reach;

import io.breadcrumbs.local.console.Console;
import io.breadcrumbs.local.console.Target;
import io.breadcrumbs.local.data.DataFolder;
import io.breadcrumbs.local.desk.Desk;
import io.breadcrumbs.local.desk.bus.BrokersDesk;
import io.breadcrumbs.local.desk.bus.BusDesk;
import io.breadcrumbs.local.desk.http.HttpDesk;
import io.breadcrumbs.local.desk.log.LogDesk;
import io.breadcrumbs.sdk.kafka.BusSettings;
import io.breadcrumbs.sdk.kafka.KafkaBrokers;
import io.breadcrumbs.sdk.secret.MasterKeys;
import java.time.Duration;
import picocli.CommandLine.Mixin;

/** How a platform is reached: over HTTP where its door is named, else over the brokers of the one on this machine. */
final class Reach {

    private static final Duration CONNECTED_WITHIN = Duration.ofSeconds(10);

    @Mixin
    private final Target target = new Target();

    /** The platform's desk; the caller closes it. */
    Desk open(Console console) throws InterruptedException {
        String url = target.url();
        return url == null
                ? new BusDesk(target.connect(CONNECTED_WITHIN), masters(console))
                : new HttpDesk(url, target.key());
    }

    /** A laptop needs no ceremony: its first secret makes the key. */
    private MasterKeys masters(Console console) {
        return MasterKeys.ofEnvironmentOrDrawn(target.folder().resolve(DataFolder.MASTER_KEYS), file -> {
            console.err().println("a master key is in " + file + ": without it no secret can be read");
            console.err().flush();
        });
    }

    /** The platform's log; the caller closes it. */
    LogDesk openLog() {
        String url = target.url();
        if (url != null) {
            return new HttpDesk(url, target.key());
        }
        Target.Addresses platform = target.brokers();
        return new BrokersDesk(KafkaBrokers.of(BusSettings.of(platform.kafka(), platform.registry(), "crumb")));
    }
}
