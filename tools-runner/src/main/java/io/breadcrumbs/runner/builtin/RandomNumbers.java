package io.breadcrumbs.runner.builtin;

import io.breadcrumbs.schemas.SideEffects;
import io.breadcrumbs.sdk.tool.Describe;
import io.breadcrumbs.sdk.tool.Tool;
import io.breadcrumbs.sdk.tool.ToolContext;
import io.breadcrumbs.sdk.tool.ToolFailure;
import io.breadcrumbs.sdk.tool.ToolSpec;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Draws random integers. Not for secrets. */
public final class RandomNumbers implements Tool<RandomNumbers.Input, RandomNumbers.Output> {

    /** Beyond it, readers that know doubles only lose digits. */
    private static final long FARTHEST = 1L << 53;

    private static final int COUNT_AT_MOST = 10;

    private static final ToolSpec<Input, Output> SPEC = ToolSpec.of(
                    "random",
                    "Draws random integers, from 0 to 100 unless told otherwise. Not for secrets.",
                    Input.class,
                    Output.class)
            .effects(SideEffects.NONE)
            .examples("""
                    {"input": {"min": 1, "max": 6, "count": 2}, "output": {"numbers": [4, 1]}}""");

    record Input(
            @Describe("The smallest number that may be drawn; 0 unless given.") @Nullable
            Long min,

            @Describe("The largest number that may be drawn; 100 unless given.") @Nullable
            Long max,

            @Describe("How many numbers are drawn, 1 to 10; 1 unless given.") @Nullable
            Integer count) {}

    record Output(
            @Describe("The numbers, in the order in which they were drawn.")
            List<Long> numbers) {}

    private final RandomGenerator random;

    /** @param random which any thread may use */
    RandomNumbers(RandomGenerator random) {
        this.random = random;
    }

    public RandomNumbers() {
        this(new Random());
    }

    @Override
    public ToolSpec<Input, Output> spec() {
        return SPEC;
    }

    @Override
    public Output execute(Input input, ToolContext context) throws ToolFailure {
        long min = bounded("min", input.min(), 0);
        long max = bounded("max", input.max(), 100);
        int count = input.count() == null ? 1 : input.count();
        if (min > max) {
            throw ToolFailure.invalid(
                    input.min() == null ? "max" : "min",
                    "expected a min that is not above max, got min " + min + " and max " + max);
        }
        if (count < 1 || count > COUNT_AT_MOST) {
            throw ToolFailure.invalid("count", "expected 1 to " + COUNT_AT_MOST + ", got " + count);
        }
        return new Output(random.longs(count, min, max + 1).boxed().toList());
    }

    private static long bounded(String field, @Nullable Long given, long otherwise) throws ToolFailure {
        long value = given == null ? otherwise : given;
        if (Math.abs(value) > FARTHEST || value == Long.MIN_VALUE) {
            throw ToolFailure.invalid(field, "expected -" + FARTHEST + " to " + FARTHEST + ", got " + value);
        }
        return value;
    }
}
