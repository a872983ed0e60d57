package io.gossip.spring.dashboard;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointProperties;

/**
 * Has the dashboard's endpoint exposed, as to enable it says that already. Who excludes it by name
 * still does.
 */
public final class DashboardExposure implements BeanPostProcessor {

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    if (bean instanceof WebEndpointProperties properties) {
      Set<String> include = new LinkedHashSet<>(properties.getExposure().getInclude());
      if (include.isEmpty()) {
        include.addAll(List.of(EndpointExposure.WEB.getDefaultIncludes()));
      }
      include.add(DashboardEndpoint.ID);
      properties.getExposure().setInclude(include);
    }
    return bean;
  }
}
