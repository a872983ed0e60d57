package io.gossip.spring.lifecycle;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;

/** Learns the ports of the web server and of the management server. */
public final class WebServerListener implements ApplicationListener<WebServerInitializedEvent> {

  private static final String MANAGEMENT = "management";

  private final LocalService service;
  private final ServiceAnnouncement announcement;
  private final ApplicationContext context;

  /** Listens to the servers of this context and of its management child. */
  public WebServerListener(
      LocalService service, ServiceAnnouncement announcement, ApplicationContext context) {
    this.service = service;
    this.announcement = announcement;
    this.context = context;
  }

  @Override
  public void onApplicationEvent(WebServerInitializedEvent event) {
    WebServerApplicationContext source = event.getApplicationContext();
    int port = event.getWebServer().getPort();
    if (port <= 0) {
      return;
    }
    if (source == context) {
      announcement.webServer(port);
    } else if (MANAGEMENT.equals(source.getServerNamespace()) && source.getParent() == context) {
      service.managementServer(port);
    }
  }
}
