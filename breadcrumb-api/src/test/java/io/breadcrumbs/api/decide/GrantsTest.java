package io.breadcrumbs.api.decide;

import static io.breadcrumbs.api.decide.Commands.NOW;
import static io.breadcrumbs.api.decide.Commands.command;
import static io.breadcrumbs.api.decide.Commands.created;
import static io.breadcrumbs.api.decide.Commands.creation;
import static org.assertj.core.api.Assertions.assertThat;

import io.breadcrumbs.schemas.Breadcrumb;
import io.breadcrumbs.schemas.BreadcrumbCommand;
import io.breadcrumbs.schemas.BreadcrumbCommandKind;
import io.breadcrumbs.schemas.BreadcrumbEvent;
import io.breadcrumbs.schemas.BreadcrumbEventKind;
import io.breadcrumbs.schemas.Visibility;
import io.breadcrumbs.schemas.catalogue.Catalogue;
import io.breadcrumbs.sdk.Metas;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What bounded commands may do to a breadcrumb of ann's. */
class GrantsTest {

    private static String decided(Visibility visibility, String author, BreadcrumbCommand.Builder asked) {
        Breadcrumb state = created(creation().setVisibility(visibility).setAcl(List.of("bob")));
        BreadcrumbCommand command = asked.setBounded(true)
                .setMeta(Metas.of(Catalogue.BREADCRUMB_COMMAND, "c-2", "default", author, NOW))
                .build();
        BreadcrumbEvent event = Decider.decide(state, command, NOW).event();
        return event.getKind() == BreadcrumbEventKind.REFUSED
                ? event.getRefusal().getCode() + (event.getBreadcrumbVersion() > 0 ? " told" : "")
                : event.getKind().name();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            WORKSPACE | ann | UPDATED   | DELETED
            WORKSPACE | bob | UPDATED   | FORBIDDEN told
            WORKSPACE | eve | UPDATED   | FORBIDDEN told
            PUBLIC    | eve | UPDATED   | FORBIDDEN told
            PRIVATE   | ann | UPDATED   | DELETED
            PRIVATE   | bob | UPDATED   | FORBIDDEN told
            PRIVATE   | eve | NOT_FOUND | NOT_FOUND
            """)
    void shouldChangeWhatIsSeenAndDeleteWhatIsOnesOwn(
            Visibility visibility, String author, String changed, String deleted) {
        assertThat(decided(
                        visibility, author, command(BreadcrumbCommandKind.PATCH).setTitle("x")))
                .isEqualTo(changed);
        assertThat(decided(
                        visibility, author, command(BreadcrumbCommandKind.TAG).setAddTags(List.of("x"))))
                .isEqualTo(changed);
        assertThat(decided(visibility, author, command(BreadcrumbCommandKind.DELETE)))
                .isEqualTo(deleted);
    }

    @ParameterizedTest
    @CsvSource({"ann, UPDATED", "bob, FORBIDDEN told", "eve, FORBIDDEN told"})
    void shouldGiveAccessToItOrLetItEndAsItsAuthorOnly(String author, String expected) {
        List<UnaryOperator<BreadcrumbCommand.Builder>> opening = List.of(
                command -> command.setVisibility(Visibility.PUBLIC),
                command -> command.setAcl(List.of("eve")),
                command -> command.setExpiresAtMs(NOW.toEpochMilli()));

        assertThat(opening)
                .allSatisfy(said -> assertThat(
                                decided(Visibility.WORKSPACE, author, said.apply(command(BreadcrumbCommandKind.MERGE))))
                        .isEqualTo(expected));
    }

    @ParameterizedTest
    @CsvSource({"PATCH", "DELETE"})
    void shouldTellNothingOfWhatIsNotSeen(BreadcrumbCommandKind kind) {
        assertThat(decided(Visibility.PRIVATE, "eve", command(kind).setBaseVersion(7)))
                .isEqualTo("NOT_FOUND");
        assertThat(decided(Visibility.PRIVATE, "eve", command(kind).setContext("[")))
                .isEqualTo("INVALID");
    }
}
