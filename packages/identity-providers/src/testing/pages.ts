const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? character);

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${escaped(title)}</title><link rel="icon" href="data:,"></head>
<body><main><h1>${escaped(title)}</h1>${body}</main></body>
</html>`;

/** Asks who wants to sign in. */
export const loginPage = (name: string, action: string, problem?: string): string =>
  page(
    `Sign in to ${name}`,
    `${problem === undefined ? '' : `<p role="alert">${escaped(problem)}</p>`}
<form method="post" action="${escaped(action)}">
<p><label for="email">E-mail address</label> <input id="email" name="email" type="email" autocomplete="username" required></p>
<p><button type="submit">Sign in</button></p>
</form>`,
  );

/** Asks whether somebody wants to sign out; `form` is what the library makes, without a button. */
export const signOutPage = (name: string, form: string): string =>
  page(
    `Sign out of ${name}`,
    `${form}<p><button type="submit" form="op.logoutForm" name="logout" value="yes">Sign out</button></p>`,
  );

export const textPage = (title: string, text: string): string => page(title, `<p>${escaped(text)}</p>`);
