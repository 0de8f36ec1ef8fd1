// Files that are translated as a whole.

const formats = (settings.formats ?? "").split(",").filter(Boolean);
let upload = null;

function fileStatus(message, isFailure = false) {
  element("file-status").textContent = message;
  element("file-status").classList.toggle("failed", isFailure);
}

function translateFile(file) {
  upload?.abort();
  element("download").hidden = true;
  const ending = file.name.slice(file.name.lastIndexOf(".")).toLowerCase();
  if (formats.length && !formats.includes(ending)) {
    return fileStatus(`“${file.name}” cannot be translated; formats are ${formats.join(", ")}.`, true);
  }
  const fields = new FormData();
  fields.set("file", file);
  fields.set("source", source.value);
  fields.set("target", target.value);
  if (element("key").value) fields.set("api_key", element("key").value);
  send(fields, file);
}

function send(fields, file) {
  const request = (upload = new XMLHttpRequest());
  const progress = element("upload-progress");
  element("upload-name").textContent = file.name;
  element("upload").hidden = false;
  progress.value = 0;
  fileStatus("Sending the file …");
  request.upload.onprogress = (event) => {
    if (event.lengthComputable) progress.value = event.loaded / event.total;
  };
  request.upload.onload = () => {
    // How far the server is, it does not say.
    progress.removeAttribute("value");
    fileStatus("Translating the file …");
  };
  request.onload = () => finish(request, fields, file);
  request.onerror = () => endUpload("The server cannot be reached. Choose the file again to retry.", true);
  request.onabort = () => endUpload("");
  request.open("POST", "translate_file");
  request.send(fields);
}

function finish(request, fields, file) {
  let answer = {};
  try {
    answer = JSON.parse(request.responseText);
  } catch {
    // Without JSON, there is only the status to tell of.
  }
  if (request.status === 200 && typeof answer.translatedFileUrl === "string") {
    endUpload("The file is translated.");
    offerDownload(answer.translatedFileUrl);
    return;
  }
  const problem = failure(request.status, request.getResponseHeader("Retry-After"), answer.error);
  if (request.status !== 429) return endUpload(problem.message, true);
  fileStatus(`${problem.message} Trying again in ${problem.retryAfter} s.`);
  setTimeout(() => upload === request && send(fields, file), problem.retryAfter * 1000);
}

function endUpload(message, isFailure = false) {
  upload = null;
  element("upload").hidden = true;
  element("file").value = "";
  fileStatus(message, isFailure);
}

function offerDownload(address) {
  // The server may know itself by another name than the browser does.
  const url = new URL(address, location.href);
  const path = url.pathname.slice(url.pathname.indexOf("/download_file/") + 1);
  const link = element("download");
  link.href = path + url.search;
  const name = fileName(path.slice(path.lastIndexOf("/") + 1));
  link.textContent = `Download ${name}`;
  link.download = name;
  link.hidden = false;
}

// The name of a file, which is behind an identifier and a dot.
function fileName(encoded) {
  let name = encoded;
  try {
    name = decodeURIComponent(encoded);
  } catch {
    // What is not encoded well stays as it is.
  }
  return name.replace(/^[^.]*\.(?=.+\.)/, "");
}

const hasFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");

function setUpFiles() {
  if (settings.files !== "true") return;
  element("files-panel").hidden = false;
  element("file").accept = formats.join(",");
  element("formats").textContent = formats.length ? `Formats: ${formats.join(" ")}` : "";
  element("file").addEventListener("change", (event) => {
    if (event.target.files[0]) translateFile(event.target.files[0]);
  });
  element("upload-cancel").addEventListener("click", () => {
    upload?.abort();
    endUpload("");
  });
  document.addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    document.body.classList.add("dragging");
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) document.body.classList.remove("dragging");
  });
  document.addEventListener("drop", (event) => {
    document.body.classList.remove("dragging");
    if (!hasFiles(event)) return;
    event.preventDefault();
    if (event.dataTransfer.files[0]) translateFile(event.dataTransfer.files[0]);
  });
}
