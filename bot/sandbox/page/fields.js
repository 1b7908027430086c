// Fields of Block Kit that take a value: `{node, read, write, focus, touched}`, in messages and in modals alike.
import { freshId, h } from "./dom.js";
import { fileField } from "./files.js";
import { text, words } from "./mrkdwn.js";
import { state, zone } from "./state.js";
import { fromWall, toWall } from "./times.js";

const MAKERS = {
  plain_text_input: (element) => (element.multiline ? area(element) : line(element, {})),
  email_text_input: (element) => line(element, { inputmode: "email", autocomplete: "off" }),
  url_text_input: (element) => line(element, { inputmode: "url" }),
  number_input: (element) =>
    line(element, { inputmode: element.is_decimal_allowed ? "decimal" : "numeric" }),
  static_select: (element) => select(element, element.initial_option?.value),
  users_select: (element) => select({ ...element, options: people() }, element.initial_user),
  channels_select: (element) =>
    select({ ...element, options: channels() }, element.initial_channel),
  conversations_select: (element) =>
    select({ ...element, options: channels() }, element.initial_conversation),
  multi_static_select: (element) => choices(element, "checkbox", values(element.initial_options)),
  multi_users_select: (element) =>
    choices({ ...element, options: people() }, "checkbox", element.initial_users),
  multi_channels_select: (element) =>
    choices({ ...element, options: channels() }, "checkbox", element.initial_channels),
  multi_conversations_select: (element) =>
    choices({ ...element, options: channels() }, "checkbox", element.initial_conversations),
  checkboxes: (element) => choices(element, "checkbox", values(element.initial_options)),
  radio_buttons: (element) => choices(element, "radio", values([element.initial_option])),
  datepicker: (element) => picker("date", element.initial_date),
  timepicker: (element) => picker("time", element.initial_time),
  datetimepicker: (element) => dateTime(element),
  file_input: fileField,
};

const option = (value, label) => ({ value, text: { type: "plain_text", text: label } });
const people = () =>
  state.world.people
    .filter(({ id }) => !id.startsWith("U0CROWD"))
    .map((one) => option(one.id, one.real_name));
const channels = () => state.world.channels.map((one) => option(one.id, `#${one.name}`));
const values = (options) => (options ?? []).filter(Boolean).map(({ value }) => value);

/** A field for a Block Kit element, or null when the page has none of that type. */
export function makeField(element) {
  const made = MAKERS[element.type]?.(element);
  if (!made) return null;
  const { type, action_id: action = "" } = element;
  const field = { touched: false, focus: () => made.control.focus(), ...made, type };
  field.node.dataset.action = action;
  field.node.addEventListener("input", () => (field.touched = true));
  return field;
}

/** Fields of one control, whose value is a string or null. */
function single(control, node = control) {
  return {
    node,
    control,
    read: () => control.value || null,
    write: (value) => (control.value = value ?? ""),
  };
}

function line(element, more) {
  return single(
    h("input", {
      type: "text",
      id: freshId(),
      value: element.initial_value ?? "",
      ...typing(element),
      ...more,
    }),
  );
}

function area(element) {
  return single(
    h("textarea", {
      id: freshId(),
      rows: 4,
      value: element.initial_value ?? "",
      ...typing(element),
    }),
  );
}

const typing = (element) => ({
  placeholder: words(element.placeholder) || null,
  maxlength: element.max_length,
  autofocus: element.focus_on_load,
});

function select(element, initial) {
  const groups = element.option_groups ?? [{ options: element.options ?? [] }];
  const listed = groups.map(({ label, options }) => {
    const nodes = options.map((one) => h("option", { value: one.value }, words(one.text)));
    return label ? h("optgroup", { label: words(label) }, nodes) : nodes;
  });
  const none = h("option", { value: "" }, words(element.placeholder) || "Choose…");
  const control = h("select", { id: freshId(), autofocus: element.focus_on_load }, none, listed);
  control.value = initial ?? "";
  return single(control);
}

/** Checkboxes or radio buttons; the value of checkboxes is a list. */
function choices(element, type, initial = []) {
  const options =
    element.options ?? (element.option_groups ?? []).flatMap((group) => group.options);
  const name = freshId();
  const boxes = options.map((one) =>
    h("input", { type, name, value: one.value, checked: initial.includes(one.value) }),
  );
  const rows = options.map((one, place) => {
    const detail = one.description && h("small", {}, text(one.description));
    return h("label", { class: "choice" }, boxes[place], h("span", {}, text(one.text), detail));
  });
  const chosen = () => boxes.filter((box) => box.checked).map((box) => box.value);
  return {
    node: h("div", { class: rows.length > 6 ? "choices many" : "choices" }, rows),
    control: boxes[0] ?? h("input"),
    group: true,
    read: () => (type === "radio" ? (chosen()[0] ?? null) : chosen()),
    write: (value) => boxes.forEach((box) => (box.checked = [value].flat().includes(box.value))),
  };
}

const picker = (type, initial) => single(h("input", { type, id: freshId(), value: initial ?? "" }));

/** A date and time on the acting person's wall; its value is unix seconds. */
function dateTime(element) {
  const where = zone();
  const initial = element.initial_date_time;
  const control = h("input", {
    type: "datetime-local",
    id: freshId(),
    value: initial ? toWall(initial, where) : "",
  });
  return {
    node: h(
      "span",
      { class: "with-zone" },
      control,
      h("small", {}, `Time in ${where.replace("_", " ")}`),
    ),
    control,
    read: () => fromWall(control.value, where),
    write: (value) => (control.value = value ? toWall(value, where) : ""),
  };
}
