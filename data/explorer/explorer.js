// What a program that keeps versions and keys would send is not filled in: it would be old, or used.
const unfilled = (text) => {
  const document = JSON.parse(text);
  for (const header of Object.values(document.components.parameters).filter((it) => it.in === "header")) {
    delete header.example;
    if (header.name === "Idempotency-Key") header.required = false;
  }
  return JSON.stringify(document);
};

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
  // Each call is a new one, unless somebody says which one it repeats.
  requestInterceptor(request) {
    if (request.method === "POST") request.headers["Idempotency-Key"] ??= `${Date.now()}-${Math.random()}`;
    return request;
  },
  responseInterceptor(response) {
    if (response.url.endsWith("/openapi.json")) response.text = unfilled(response.text);
    // Who logs in here, goes on or switches is authorised by that, and need not copy the token.
    const token = response.ok && response.obj?.access_token;
    if (token) window.ui.preauthorizeApiKey("bearer", token);
    return response;
  },
});
