package io.gossip.spring.dashboard;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.net.URI;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Tests of the dashboard in a real browser: they are handed that, and a cluster that is made up.
 * Where there is no browser, they are skipped and say how to get one.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("once") // on the first of two JDKs
@Timeout(120)
@ExtendWith(InBrowser.Extension.class)
@interface InBrowser {

  /** Has one browser for all the classes of a process, and for each test a cluster of its own. */
  final class Extension
      implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(InBrowser.class);

    @Override
    public void beforeAll(ExtensionContext context) {
      browser(context); // a test that misses it later, as a parameter, would fail
    }

    @Override
    public void beforeEach(ExtensionContext context) {
      browser(context).complaints(); // those of the test before
    }

    @Override
    public void afterEach(ExtensionContext context) {
      Browser browser = browser(context);
      browser.open(URI.create("about:blank"));
      browser.forgetSizeAndScheme();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      Class<?> type = parameter.getParameter().getType();
      return type == Browser.class || type == Stub.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Browser.class
          ? browser(context)
          : context.getStore(NAMESPACE).computeIfAbsent(Stub.class);
    }

    /** The process's: where classes are run one by one, each has a root of its own. */
    private static Browser browser(ExtensionContext context) {
      return context
          .getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
          .computeIfAbsent(Browser.class, key -> Browser.start(), Browser.class);
    }
  }
}
