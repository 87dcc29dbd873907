/**
 * What each question's widget carries. The page's script and style come once for all of them, as a model of their own.
 *
 * It stands by itself: whatever it imported would come 25 times, too.
 */

const PREFIX = "IPY_MODEL_"; // of a model's id, as ipywidgets writes it
const STYLE = "attention-course-style";
const PATIENCE = 3000; // milliseconds until a model that a front end does not find is asked for in another way

/** Return what all widgets of a page have loaded by now, by its text. */
function loaded() {
  return /** @type {Map<string, Promise<any>>} */ (globalThis[Symbol.for("attention-course.loaded")] ??= new Map());
}

/** Return script and style: those of the model that is named, or else what the kernel sends when it is asked. */
export async function assetsOf(/** @type {any} */ model) {
  const id = String(model.get("shared")).replace(PREFIX, "");
  try {
    const shared = await soon(model.widget_manager.get_model(id));
    const [script, style] = [shared.get("script"), shared.get("style")];
    if (script) return { script, style };
  } catch {
    // Not every front end lets a widget find another one.
  }
  return new Promise((resolve) => {
    const receive = (/** @type {any} */ { kind, script, style } = {}) => {
      if (kind !== "assets") return;
      model.off("msg:custom", receive);
      resolve({ script, style });
    };
    model.on("msg:custom", receive);
    model.send({ kind: "assets" });
  });
}

/** Return what is promised; refuse where that takes too long. */
async function soon(/** @type {Promise<any>} */ promised) {
  let timer;
  const late = new Promise((_, refuse) => (timer = setTimeout(refuse, PATIENCE)));
  try {
    return await Promise.race([promised, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Import a text once, whoever asks for it. */
function imported(/** @type {string} */ script) {
  const scripts = loaded();
  if (!scripts.has(script)) {
    const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
    scripts.set(
      script,
      import(url).finally(() => URL.revokeObjectURL(url)),
    );
  }
  return scripts.get(script);
}

/** Put the style into the page, where it is not there yet. */
function styled(/** @type {string} */ style) {
  const known = document.getElementById(STYLE);
  if (known?.textContent === style) return;
  known?.remove();
  document.head.append(Object.assign(document.createElement("style"), { id: STYLE, textContent: style }));
}

async function render({ model, el, ...more }) {
  const { script, style } = await assetsOf(model);
  styled(style);
  const { default: page } = await imported(script);
  return page.render({ model, el, ...more });
}

export default { render };
