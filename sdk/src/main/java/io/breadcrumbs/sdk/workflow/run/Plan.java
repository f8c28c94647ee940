package io.breadcrumbs.sdk.workflow.run;

import io.breadcrumbs.sdk.workflow.definition.Definition;
import io.breadcrumbs.sdk.workflow.definition.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A definition with its steps numbered, in their order, so that a run keeps its states in an array. */
public final class Plan {

    private final Definition definition;
    private final List<Step> steps;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<List<Integer>> dependants = new ArrayList<>();

    public Plan(Definition definition) {
        this.definition = definition;
        this.steps = List.copyOf(definition.steps().values());
        for (Step step : steps) {
            numbers.put(step.id(), numbers.size());
            dependants.add(new ArrayList<>());
        }
        for (int i = 0; i < steps.size(); i++) {
            for (String need : steps.get(i).needs()) {
                dependants.get(number(need)).add(i);
            }
        }
    }

    public Definition definition() {
        return definition;
    }

    public int size() {
        return steps.size();
    }

    public Step step(int number) {
        return steps.get(number);
    }

    /** Whether the workflow has a step of this name. */
    public boolean has(String step) {
        return numbers.containsKey(step);
    }

    /** The step of this name. */
    public Step step(String name) {
        return steps.get(number(name));
    }

    /** The place of a step of this name, counted from 0. */
    public int number(String step) {
        Integer number = numbers.get(step);
        if (number == null) {
            throw new IllegalArgumentException("the workflow has no step '" + step + "'");
        }
        return number;
    }

    /** The steps that need this one. */
    public List<Integer> dependants(int number) {
        return dependants.get(number);
    }
}
