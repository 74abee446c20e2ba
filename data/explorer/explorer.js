window.ui = SwaggerUIBundle({
  dom_id: "#explorer",
  // Beside this page, wherever a proxy puts both.
  url: "openapi.json",
  deepLinking: true,
  defaultModelsExpandDepth: -1,
  displayRequestDuration: true,
  docExpansion: "none",
  filter: true,
  tryItOutEnabled: true,
  // Over a reload: a token lives ten minutes at most.
  persistAuthorization: true,
  // Who logs in here, goes on or switches is authorised by that, and need not copy the token.
  responseInterceptor(response) {
    const token = response.ok && response.obj?.access_token;
    if (token) window.ui.preauthorizeApiKey("bearer", token);
    return response;
  },
});
