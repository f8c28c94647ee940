package io.breadcrumbs.runner.builtin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import io.burt.jmespath.JmesPathType;
import io.burt.jmespath.jackson.JacksonRuntime;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * JMESPath that pays for every value it touches, by the value's whole size. Expressions always end, but a short one can
 * double a list with each of its steps; fuel bounds both the time and the memory of one evaluation, whatever the
 * machine. For one evaluation on one thread.
 */
final class MeteredPaths extends JacksonRuntime {

    private static final int CHARACTERS_PER_UNIT = 16;

    private final IdentityHashMap<JsonNode, Long> weights = new IdentityHashMap<>();
    private long fuel;

    MeteredPaths(long fuel) {
        this.fuel = fuel;
    }

    /** The evaluation touched more than it may. */
    static final class OutOfFuelException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** The thread was interrupted. */
    static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private void pay(long price) {
        fuel -= price;
        if (fuel < 0) {
            throw new OutOfFuelException();
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new StoppedException();
        }
    }

    private <N extends JsonNode> N paid(N node) {
        pay(weight(node));
        return node;
    }

    /** How many values a value is made of; parts that stand in it twice count twice. */
    long weight(JsonNode node) {
        if (!node.isContainerNode()) {
            return node.isTextual() ? 1 + node.textValue().length() / CHARACTERS_PER_UNIT : 1;
        }
        Long known = weights.get(node);
        if (known != null) {
            return known;
        }
        long weight = 1;
        for (JsonNode part : node) {
            weight += weight(part);
        }
        weights.put(node, weight);
        return weight;
    }

    @Override
    public List<JsonNode> toList(JsonNode value) {
        return super.toList(paid(value));
    }

    @Override
    public String toString(JsonNode value) {
        return super.toString(paid(value));
    }

    @Override
    public Number toNumber(JsonNode value) {
        return super.toNumber(paid(value));
    }

    @Override
    public boolean isTruthy(JsonNode value) {
        pay(1);
        return super.isTruthy(value);
    }

    @Override
    public JmesPathType typeOf(JsonNode value) {
        pay(1);
        return super.typeOf(value);
    }

    @Override
    public int compare(JsonNode left, JsonNode right) {
        return super.compare(paid(left), paid(right));
    }

    @Override
    public JsonNode getProperty(JsonNode value, JsonNode name) {
        pay(1);
        return super.getProperty(value, name);
    }

    @Override
    public Collection<JsonNode> getPropertyNames(JsonNode value) {
        return super.getPropertyNames(paid(value));
    }

    @Override
    public JsonNode parseString(String text) {
        pay(1 + text.length());
        return super.parseString(text);
    }

    @Override
    public JsonNode createArray(Collection<JsonNode> elements) {
        return paid(super.createArray(elements));
    }

    @Override
    public JsonNode createObject(Map<JsonNode, JsonNode> fields) {
        return paid(super.createObject(fields));
    }

    @Override
    public JsonNode createString(String text) {
        return paid(super.createString(text));
    }

    /** Whole numbers stay whole. */
    @Override
    public JsonNode createNumber(double number) {
        boolean whole = number == Math.rint(number) && Math.abs(number) < 1L << 53;
        return whole ? LongNode.valueOf((long) number) : DoubleNode.valueOf(number);
    }
}
