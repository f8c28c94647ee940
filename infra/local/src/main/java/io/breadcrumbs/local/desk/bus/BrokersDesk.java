package io.breadcrumbs.local.desk.bus;

import io.breadcrumbs.local.desk.log.LetterDesk;
import io.breadcrumbs.local.desk.log.LogDesk;
import io.breadcrumbs.local.desk.log.TopicDesk;
import io.breadcrumbs.sdk.operate.Brokers;

/** A log whose brokers are asked, without a bus, so that it can be looked into where none becomes ready. */
public final class BrokersDesk implements LogDesk {

    private final Brokers brokers;

    /** @param brokers closed with the desk */
    public BrokersDesk(Brokers brokers) {
        this.brokers = brokers;
    }

    @Override
    public TopicDesk topics() {
        return new BrokersTopics(brokers);
    }

    @Override
    public LetterDesk letters() {
        return new BrokersLetters(brokers);
    }

    @Override
    public void close() {
        brokers.close();
    }
}
