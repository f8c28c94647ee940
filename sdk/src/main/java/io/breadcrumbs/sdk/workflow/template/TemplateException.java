package io.breadcrumbs.sdk.workflow.template;

import java.util.List;
import java.util.stream.Collectors;

/** A value that is no template, with all that is wrong with it. */
public final class TemplateException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient List<Fault> faults;

    /**
     * A text that cannot be understood.
     *
     * @param path where in the value it stands, such as {@code items[0].title}; empty if it is the value
     */
    public record Fault(String path, String message) {}

    TemplateException(List<Fault> faults) {
        super(faults.stream()
                .map(fault -> fault.path().isEmpty() ? fault.message() : fault.path() + ": " + fault.message())
                .collect(Collectors.joining("; ")));
        this.faults = List.copyOf(faults);
    }

    /** What is wrong, in the order in which it was written; of very many, the first. */
    public List<Fault> faults() {
        return faults;
    }
}
