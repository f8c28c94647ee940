package io.breadcrumbs.sdk.testkit;

import io.breadcrumbs.schemas.catalogue.Topic;
import io.breadcrumbs.schemas.wire.Wire;
import io.breadcrumbs.sdk.Breadcrumb;
import io.breadcrumbs.sdk.Delivery;
import io.breadcrumbs.sdk.Lane;
import io.breadcrumbs.sdk.Receiver;
import io.breadcrumbs.sdk.TailReader;
import io.breadcrumbs.sdk.log.Partition;
import io.breadcrumbs.sdk.log.Position;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Receivers and readers whose records are noted before they get them. */
record Watched(HandedOver handedOver, Wire wire) {

    <V extends SpecificRecord> Receiver<V> receiver(Receiver<V> receiver) {
        return new Receiver<>() {
            @Override
            public boolean offer(Delivery<V> delivery) {
                note(delivery.breadcrumb());
                return receiver.offer(delivery);
            }

            @Override
            public void attached(Partition partition) {
                receiver.attached(partition);
            }

            @Override
            public void draining(Partition partition) {
                receiver.draining(partition);
            }

            @Override
            public void detached(Partition partition) {
                receiver.detached(partition);
            }
        };
    }

    <V extends SpecificRecord> TailReader<V> reader(TailReader<V> reader) {
        return new TailReader<>() {
            @Override
            public @Nullable Predicate<String> keys() {
                return reader.keys();
            }

            @Override
            public void read(Breadcrumb<V> breadcrumb, Position position, Lane lane) {
                note(breadcrumb);
                reader.read(breadcrumb, position, lane);
            }

            @Override
            public void unreadable(Position position, String reason) {
                reader.unreadable(position, reason);
            }
        };
    }

    <V extends SpecificRecord> void note(Topic<V> topic, V value) {
        handedOver.note(wire, topic, value);
    }

    private <V extends SpecificRecord> void note(Breadcrumb<V> breadcrumb) {
        V value = breadcrumb.value();
        if (value != null) {
            note(breadcrumb.topic(), value);
        }
    }
}
